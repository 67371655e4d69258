import type { Metadata } from 'next'
import { guideMetadata } from './guide-metadata.ts'
import { type GuideQuery, showGuide } from './show-guide.tsx'

type GuideProps = {
  readonly params: Promise<{ client: string }>
  readonly searchParams: Promise<GuideQuery>
}

export async function generateMetadata({ params }: GuideProps): Promise<Metadata> {
  return guideMetadata((await params).client)
}

export default async function Guide({ params, searchParams }: GuideProps) {
  const { client } = await params
  return showGuide(client, null, await searchParams)
}
