import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { FilterForm } from '#components/form/filter-form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { listMailboxes } from '#lib/accounts/index.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { idle } from '#lib/http/action-state.ts'
import { listForwards } from '#lib/recipes/list-forwards.ts'
import { readRecipeBook } from '#lib/recipes/read-recipe-book.ts'
import { keepsNothing } from '#lib/recipes/recipe.ts'
import { listRecipeVersions } from '#lib/recipes/script-history.ts'
import { ForwardList } from './forward-list.tsx'
import { OtherScripts } from './other-scripts.tsx'
import { RecipeEditor } from './recipe-editor.tsx'
import { RecipeHistory } from './recipe-history.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('recipes')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function RecipesPage({ searchParams }: PageProps) {
  const { actor } = await requireSession('recipe.read', '/recipes')
  const [t, mailboxes, query] = await Promise.all([getTranslations('recipes'), listMailboxes(actor), searchParams])
  const mailbox = mailboxes.find(({ id }) => String(id) === query.mailbox) ?? mailboxes[0]
  if (mailbox === undefined) return <PageHeading title={t('title')} lead={t('lead')} />
  const [book, versions, forwards] = await Promise.all([
    readRecipeBook(actor, mailbox.id),
    listRecipeVersions(actor, mailbox.id),
    listForwards(actor, mailbox.id),
  ])
  const { recipes, version, areActive, folders, otherScripts } = book
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date())
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead')} />
      {mailboxes.length > 1 ? (
        <FilterForm className="mb-6 sm:grid-cols-[20rem_auto_1fr]" apply={t('mailboxChoose')}>
          <SelectField
            state={idle}
            name="mailbox"
            label={t('mailboxLabel')}
            defaultValue={String(mailbox.id)}
            options={mailboxes.map(({ id, address }) => ({ value: String(id), label: address }))}
          />
        </FilterForm>
      ) : null}
      {otherScripts.some(({ isActive }) => isActive) ? (
        <Notice tone="warning" title={t('resting.title')} className="mb-6">
          <p>{t('resting.body')}</p>
        </Notice>
      ) : null}
      {areActive && keepsNothing(recipes) ? (
        <Notice tone="warning" title={t('keepsNothing.title')} className="mb-6">
          <p>{t('keepsNothing.body')}</p>
        </Notice>
      ) : null}
      <RecipeEditor
        key={mailbox.id}
        mailboxId={mailbox.id}
        recipes={recipes}
        basedOn={version}
        folders={folders}
        today={today}
      />
      <ForwardList mailboxId={mailbox.id} forwards={forwards} />
      <OtherScripts mailboxId={mailbox.id} scripts={otherScripts} />
      <RecipeHistory mailboxId={mailbox.id} versions={versions} current={version} />
    </>
  )
}
