import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type Comparator, findComparator } from '#lib/sieve/comparators.ts'
import { FoldedTexts } from '#lib/sieve/folded-texts.ts'

it('a long text is folded once for each comparator', () => {
  let folded = 0
  const counting: Comparator = {
    fold(text) {
      folded += 1
      return text.toUpperCase()
    },
    order: () => 0,
    hasSubstrings: true,
    ignoresCase: true,
  }
  const texts = new FoldedTexts()
  const body = 'a body of some length '.repeat(100)
  for (let rule = 0; rule < 20; rule += 1) assert.equal(texts.fold(counting, body), body.toUpperCase())
  assert.equal(folded, 1)
  const octets = findComparator('i;octet')
  assert.equal(octets && texts.fold(octets, body), body)
})

it('upper case of i;ascii-casemap leaves everything beyond ASCII as it is', () => {
  const comparator = findComparator('i;ascii-casemap')
  assert.equal(comparator?.fold('Straße, ﬁ, abc'), 'STRAßE, ﬁ, ABC')
  assert.equal(comparator?.fold('plain abc'), 'PLAIN ABC')
})
