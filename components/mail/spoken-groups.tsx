import type { SpokenLetter } from '#lib/set-up-code/kana-code.ts'

/** A code as it is read aloud: three groups, each kana with its word of the telephone alphabet. */
export function SpokenGroups({ groups }: { groups: readonly (readonly SpokenLetter[])[] }) {
  return (
    <ol className="mt-3 flex flex-wrap gap-4">
      {groups.map((group) => (
        <li key={group.map(({ kana }) => kana).join('')} className="rounded-8 border border-line bg-surface p-3">
          <p lang="ja" className="text-std-26B-150">
            {group.map(({ kana }) => kana).join(' ')}
          </p>
          <p lang="ja">{group.map(({ word, kana }) => `${word}の「${kana}」`).join('、')}</p>
          <p className="text-ink-muted">{group.map(({ romaji }) => romaji).join(' ')}</p>
        </li>
      ))}
    </ol>
  )
}
