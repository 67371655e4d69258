/**
 * A fact about a mail client, with how sure we are and where it comes from. An unknown stays unknown: no page may
 * print a menu label, a version or an ability that nobody found a source for.
 */
import type { SourceId } from './sources.ts'

export const confidences = ['notice', 'sourced', 'inferred', 'mixed', 'common-knowledge', 'unknown'] as const
export type Confidence = (typeof confidences)[number]

export type Fact<Value> = {
  /** null exactly when the confidence is unknown */
  readonly value: Value | null
  readonly confidence: Confidence
  readonly sources: readonly SourceId[]
}

/** Printed in the notice itself. */
export function fromNotice<Value>(value: Value): Fact<Value> {
  return { value, confidence: 'notice', sources: ['notice'] }
}

export function sourced<Value>(value: Value, ...sources: [SourceId, ...SourceId[]]): Fact<Value> {
  return { value, confidence: 'sourced', sources }
}

/** Follows from what a source says, without being said there. */
export function inferred<Value>(value: Value, ...sources: [SourceId, ...SourceId[]]): Fact<Value> {
  return { value, confidence: 'inferred', sources }
}

/** Partly from the source, partly common knowledge. */
export function mixed<Value>(value: Value, ...sources: [SourceId, ...SourceId[]]): Fact<Value> {
  return { value, confidence: 'mixed', sources }
}

/** Widely known among people who run mail, without a page to point at. */
export function known<Value>(value: Value): Fact<Value> {
  return { value, confidence: 'common-knowledge', sources: [] }
}

export const unknown: Fact<never> = { value: null, confidence: 'unknown', sources: [] }
