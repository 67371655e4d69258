import type { ReactNode } from 'react'
import { type Block, blocksOf } from '#lib/announcements/blocks.ts'

/** Plain text with its sections, points and steps. */
export function LetterBlocks({ text }: { text: string }) {
  return (
    <div className="max-w-[46rem] space-y-4">
      {blocksOf(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a letter never move
        <LetterBlock key={index} block={block} />
      ))}
    </div>
  )
}

function LetterBlock({ block }: { block: Block }): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <h2 className="pt-4 text-std-20B-160">{block.text}</h2>
    case 'paragraph':
      return <p className="break-words whitespace-pre-line">{block.text}</p>
    case 'points':
      return <ul className="list-disc space-y-1 pl-6">{itemsOf(block.items)}</ul>
    case 'steps':
      return <ol className="list-decimal space-y-1 pl-6">{itemsOf(block.items)}</ol>
  }
}

function itemsOf(items: readonly string[]): ReactNode {
  return items.map((item) => (
    <li key={item} className="break-words">
      {item}
    </li>
  ))
}
