import { useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { DescribedOperation } from '#lib/api/describe-operations.ts'

export function OperationItem({ operation }: { readonly operation: DescribedOperation }) {
  const t = useTranslations('apiReference')
  const { id, method, path, scope, summary, parameters, body, answer } = operation
  return (
    <li id={id} className="rounded-12 border border-line bg-surface p-5">
      <h2 className="typed text-std-18B-160 break-all">
        {method} {path}
      </h2>
      <p>{summary}</p>
      <p className="text-ink-muted">
        {t('scope')} <code className="typed">{scope}</code>
      </p>
      {parameters.length === 0 ? null : (
        <p className="text-ink-muted">
          {t('parameters')} <code className="typed break-words">{parameters.join(', ')}</code>
        </p>
      )}
      <Schema title={t('body')} schema={body} />
      <Schema title={t('answer')} schema={answer} />
    </li>
  )
}

function Schema({ title, schema }: { readonly title: string; readonly schema: string | null }) {
  if (schema === null) return null
  return (
    <Disclosure summary={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} className="typed max-h-96 overflow-auto rounded-8 bg-sunken p-4 text-std-16N-170">
        {schema}
      </pre>
    </Disclosure>
  )
}
