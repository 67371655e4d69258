/**
 * What each command and test takes, by extension: RFC 5228 §3–5 and the RFCs named beside the groups. The checker holds
 * scripts against these tables, so that the interpreter finds every argument in its place.
 */
import type { Extension } from './extensions.ts'

export type ValueKind = 'number' | 'string' | 'strings'

export type TagShape = {
  /** what follows the tag; absent when nothing does */
  readonly value?: ValueKind
  readonly extension?: Extension
  /** of the tags of one group only one may be given */
  readonly group?: string
}

export type Shape = {
  readonly extension?: Extension
  readonly tags?: Readonly<Record<string, TagShape>>
  readonly values?: readonly ValueKind[]
  /** the first value may be left out */
  readonly isFirstOptional?: boolean
  /** the last value may be left out */
  readonly isLastOptional?: boolean
  readonly tests?: 'one' | 'many'
  readonly hasBlock?: boolean
}

const comparison: Readonly<Record<string, TagShape>> = {
  is: { group: 'match' },
  contains: { group: 'match' },
  matches: { group: 'match' },
  regex: { group: 'match', extension: 'regex' },
  count: { group: 'match', value: 'string', extension: 'relational' },
  value: { group: 'match', value: 'string', extension: 'relational' },
  comparator: { value: 'string' },
}
const addressPart: Readonly<Record<string, TagShape>> = {
  localpart: { group: 'part' },
  domain: { group: 'part' },
  all: { group: 'part' },
  user: { group: 'part', extension: 'subaddress' },
  detail: { group: 'part', extension: 'subaddress' },
}
const position: Readonly<Record<string, TagShape>> = {
  index: { value: 'number', extension: 'index' },
  last: { extension: 'index' },
}
const flags: Readonly<Record<string, TagShape>> = { flags: { value: 'strings', extension: 'imap4flags' } }
const changeFlags: Shape = { extension: 'imap4flags', values: ['string', 'strings'], isFirstOptional: true }

export const commandShapes: Readonly<Record<string, Shape>> = {
  require: { values: ['strings'] },
  if: { tests: 'one', hasBlock: true },
  elsif: { tests: 'one', hasBlock: true },
  else: { hasBlock: true },
  stop: {},
  keep: { tags: flags },
  discard: {},
  redirect: { tags: { copy: { extension: 'copy' } }, values: ['string'] },
  fileinto: {
    extension: 'fileinto',
    tags: {
      ...flags,
      copy: { extension: 'copy' },
      create: { extension: 'mailbox' },
      specialuse: { value: 'string', extension: 'special-use' },
    },
    values: ['string'],
  },
  // RFC 5429
  reject: { extension: 'reject', values: ['string'] },
  ereject: { extension: 'ereject', values: ['string'] },
  // RFC 5232
  setflag: changeFlags,
  addflag: changeFlags,
  removeflag: changeFlags,
  // RFC 5229
  set: {
    extension: 'variables',
    tags: {
      lower: { group: 'case' },
      upper: { group: 'case' },
      lowerfirst: { group: 'first' },
      upperfirst: { group: 'first' },
      quotewildcard: { group: 'quote' },
      quoteregex: { group: 'quote', extension: 'regex' },
      encodeurl: { extension: 'enotify' },
      length: {},
    },
    values: ['string', 'string'],
  },
  // RFC 5230, RFC 6131
  vacation: {
    extension: 'vacation',
    tags: {
      days: { value: 'number', group: 'period' },
      seconds: { value: 'number', group: 'period', extension: 'vacation-seconds' },
      subject: { value: 'string' },
      from: { value: 'string' },
      addresses: { value: 'strings' },
      handle: { value: 'string' },
      mime: {},
    },
    values: ['string'],
  },
  // RFC 6609
  include: {
    extension: 'include',
    tags: { personal: { group: 'place' }, global: { group: 'place' }, once: {}, optional: {} },
    values: ['string'],
  },
  return: { extension: 'include' },
  global: { extension: 'include', values: ['strings'] },
  // RFC 5293
  addheader: { extension: 'editheader', tags: { last: {} }, values: ['string', 'string'] },
  deleteheader: {
    extension: 'editheader',
    tags: { ...comparison, index: { value: 'number' }, last: {} },
    values: ['string', 'strings'],
    isLastOptional: true,
  },
  // RFC 5435
  notify: {
    extension: 'enotify',
    tags: {
      from: { value: 'string' },
      importance: { value: 'string' },
      options: { value: 'strings' },
      message: { value: 'string' },
    },
    values: ['string'],
  },
}

export const testShapes: Readonly<Record<string, Shape>> = {
  true: {},
  false: {},
  not: { tests: 'one' },
  allof: { tests: 'many' },
  anyof: { tests: 'many' },
  exists: { values: ['strings'] },
  size: { tags: { over: { group: 'size' }, under: { group: 'size' } }, values: ['number'] },
  header: { tags: { ...comparison, ...position }, values: ['strings', 'strings'] },
  address: { tags: { ...comparison, ...addressPart, ...position }, values: ['strings', 'strings'] },
  envelope: { extension: 'envelope', tags: { ...comparison, ...addressPart }, values: ['strings', 'strings'] },
  // RFC 5490, RFC 8579
  mailboxexists: { extension: 'mailbox', values: ['strings'] },
  specialuse_exists: { extension: 'special-use', values: ['string', 'strings'], isFirstOptional: true },
  hasflag: { extension: 'imap4flags', tags: comparison, values: ['strings', 'strings'], isFirstOptional: true },
  string: { extension: 'variables', tags: comparison, values: ['strings', 'strings'] },
  // RFC 5260
  date: {
    extension: 'date',
    tags: {
      ...comparison,
      ...position,
      zone: { value: 'string', group: 'zone' },
      originalzone: { group: 'zone' },
    },
    values: ['string', 'string', 'strings'],
  },
  currentdate: { extension: 'date', tags: { ...comparison, zone: { value: 'string' } }, values: ['string', 'strings'] },
  // RFC 5173
  body: {
    extension: 'body',
    tags: {
      ...comparison,
      raw: { group: 'transform' },
      text: { group: 'transform' },
      content: { group: 'transform', value: 'strings' },
    },
    values: ['strings'],
  },
  // RFC 7352
  duplicate: {
    extension: 'duplicate',
    tags: {
      handle: { value: 'string' },
      header: { value: 'string', group: 'id' },
      uniqueid: { value: 'string', group: 'id' },
      seconds: { value: 'number' },
      last: {},
    },
  },
  // RFC 5183
  environment: { extension: 'environment', tags: comparison, values: ['string', 'strings'] },
  valid_notify_method: { extension: 'enotify', values: ['strings'] },
  notify_method_capability: { extension: 'enotify', tags: comparison, values: ['string', 'string', 'strings'] },
  // RFC 5235
  spamtest: {
    extension: 'spamtest',
    tags: { ...comparison, percent: { extension: 'spamtestplus' } },
    values: ['string'],
  },
  virustest: { extension: 'virustest', tags: comparison, values: ['string'] },
}
