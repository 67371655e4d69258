import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { waysOf } from '#lib/evidence/evidence-texts.ts'
import { programs } from '#lib/evidence/programs.ts'
import { recognisableClients, recogniseClient } from '#lib/evidence/recognise-client.ts'
import { verifiedPrograms, verifiedRuns } from '#lib/evidence/verified-runs.ts'
import { languages } from '#lib/guides/bilingual.ts'
import { catalogue, findClient } from '#lib/guides/catalogue.ts'
import { purposes } from '#lib/guides/dialog.ts'
import { catalogueGaps, countGaps } from '#lib/guides/gaps.ts'

const named: Readonly<Record<string, string>> = {
  'Thunderbird 128.4.3esr': 'thunderbird 128',
  'Mozilla Thunderbird': 'thunderbird ',
  'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.3.0': 'thunderbird 102',
  'K-9 Mail 6.800': 'thunderbird-android 6',
  'iPhone Mail (21A329)': 'apple-mail-ios 21',
  'Apple Mail (2.3774.600.62)': 'apple-mail-macos 2',
  'Mac OS X Mail 16.0': 'apple-mail-macos 16',
  'Microsoft Outlook 16.0': 'outlook-classic 16',
  'Microsoft Outlook Express 6.00.2900.5931': 'outlook-express-6-0 6',
  'Becky! ver. 2.81.02 [ja]': 'becky-2-current 2',
  'Sylpheed 3.8.0beta1 (GTK+ 2.24.33; x86_64-pc-linux-gnu)': 'sylpheed 3',
  'Evolution 3.46.4-2 ': 'evolution 3',
  'Mew version 6.8 on Emacs 28.2': 'mew 6',
  'NeoMutt/20220429': 'mutt-neomutt 2022',
  'FairEmail 1.2178': 'fairemail 1',
}

const strange = [
  '',
  'Taro’s own mailer',
  'taro@example.net',
  'x'.repeat(100_000),
  'Microsoft Outlook 98',
  '１２３ Thunderbird',
]

describe('what a mail program says of itself', () => {
  for (const [text, expected] of Object.entries(named)) {
    it(`"${text}" is ${expected}`, () => {
      const recognised = recogniseClient(text)
      assert.equal(`${recognised?.clientId} ${recognised?.version}`, expected)
    })
  }

  it('is forgotten when no program of the catalogue says so', () => {
    for (const text of strange) assert.equal(recogniseClient(text), null, text.slice(0, 40))
  })

  it('leads to the catalogue', () => {
    for (const id of recognisableClients) assert.ok(findClient(id), id)
  })
})

describe('the record of automated runs', () => {
  it('has at least twelve real programs, each run with its version, date and TLS', () => {
    assert.ok(verifiedPrograms.length >= 12, `${verifiedPrograms.length}`)
    for (const { program, tls, tlsVersion, protocol } of verifiedRuns) {
      if (tls === 'none') assert.equal(tlsVersion, null, program)
      else if (protocol !== 'autoconfig' && protocol !== 'managesieve') assert.match(tlsVersion ?? '', /^TLSv1\.[23]$/)
    }
  })

  it('names programs of the catalogue where it has them', () => {
    for (const { clientId } of Object.values(programs)) if (clientId !== null) assert.ok(findClient(clientId), clientId)
  })

  it('says each protocol once', () => {
    for (const { runs, name } of verifiedPrograms) {
      assert.equal(waysOf(runs).length, new Set(runs.map(({ protocol }) => protocol)).size, name)
    }
  })
})

describe('the report of gaps', () => {
  it('has every section whose labels nobody found, and no other', () => {
    const unknown = catalogue.flatMap(({ id, dialog }) =>
      languages.flatMap((language) =>
        purposes
          .filter((purpose) => dialog[purpose][language].value === null)
          .map((purpose) => [id, language, purpose]),
      ),
    )
    const reported = catalogueGaps.flatMap(({ client, labels }) =>
      languages.flatMap((language) => labels[language].map((purpose) => [client.id, language, purpose])),
    )
    assert.deepEqual(reported, unknown)
    assert.deepEqual(countGaps(), { sections: 650, unknown: unknown.length })
  })
})
