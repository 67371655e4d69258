import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { FilterForm } from '#components/form/filter-form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { idle } from '#lib/http/action-state.ts'
import { notFoundPage } from '#lib/http/not-found-page.ts'
import { currentPolicy, listPolicyVersions, readPolicyVersion } from '#lib/policy/index.ts'
import { policyDiff } from '#lib/policy/policy-diff.ts'
import { DifferenceList } from '../difference-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policy.compare')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[]>> }

const MOST = 2_147_483_647
const version = z.coerce.number().int().min(0).max(MOST)

/** Any two versions; 0 is what the product came with. */
export default async function ComparePage({ searchParams }: PageProps) {
  const { actor } = await requireSession('policy.read', '/operator/policy/compare')
  const asked = await searchParams
  const [t, current, versions] = await Promise.all([
    getTranslations('policy.compare'),
    currentPolicy(),
    listPolicyVersions(actor),
  ])
  const from = version.catch(0).parse(asked.from)
  const to = version.catch(current.version).parse(asked.to)
  const [before, after] = await Promise.all([readPolicyVersion(actor, from), readPolicyVersion(actor, to)]).catch(
    notFoundPage,
  )
  const numbers = [...new Set([...versions.map((known) => known.version), from, to, 0])].sort(
    (one, other) => other - one,
  )
  const options = numbers.map((number) => ({
    value: String(number),
    label: number === 0 ? t('default') : t('version', { version: number }),
  }))
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')}>
        <TextLink standalone href="/operator/policy">
          {t('back')}
        </TextLink>
      </PageHeading>
      <FilterForm className="sm:grid-cols-[1fr_1fr_auto]" apply={t('apply')}>
        <SelectField state={idle} name="from" label={t('from')} defaultValue={String(from)} options={options} />
        <SelectField state={idle} name="to" label={t('to')} defaultValue={String(to)} options={options} />
      </FilterForm>
      <DifferenceList differences={policyDiff(before.document, after.document)} none={t('same')} />
    </>
  )
}
