import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { isSendingMethod } from '#lib/guides/methods.ts'
import { guideMetadata } from '../guide-metadata.ts'
import { type GuideQuery, showGuide } from '../show-guide.tsx'

type GuideProps = {
  readonly params: Promise<{ client: string; method: string }>
  readonly searchParams: Promise<GuideQuery>
}

export async function generateMetadata({ params }: GuideProps): Promise<Metadata> {
  const { client, method } = await params
  return isSendingMethod(method) ? guideMetadata(client, method) : {}
}

export default async function GuideForMethod({ params, searchParams }: GuideProps) {
  const { client, method } = await params
  if (!isSendingMethod(method)) notFound()
  return showGuide(client, method, await searchParams)
}
