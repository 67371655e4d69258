/** Why a line was not taken, for the operator who brought it. */
import { AppError, type UserMessage } from '#lib/errors/app-error.ts'
import { MAX_ACTIONS } from '#lib/recipes/choices.ts'
import type { MapFault } from './map-line.ts'

const texts: Readonly<Record<MapFault, UserMessage>> = {
  unreadable: {
    ja: '行の形が正しくありません。左にアドレス、右に宛先を書いてください。',
    en: 'The line has another form. Write an address, then its targets.',
  },
  notAnAddress: {
    ja: 'メールアドレスとして読めないものがあります。',
    en: 'Something on it is not a mail address.',
  },
  repeated: {
    ja: '同じアドレスが前の行にもあります。宛先は1行にまとめてください。',
    en: 'A line before it has the same address. Put all targets on one line.',
  },
  catchAll: {
    ja: '「@ドメイン」(そのドメインのすべてのアドレス)は取り込めません。必要なアドレスを1つずつ書いてください。',
    en: '"@domain" (every address of a domain) cannot be imported. Name the addresses that are needed.',
  },
  pattern: {
    ja: '正規表現の行は取り込めません。必要なアドレスを1つずつ書いてください。',
    en: 'A pattern (regexp, pcre) cannot be imported. Name the addresses that are needed.',
  },
  program: {
    ja: 'プログラムを起動する宛先(「|」)は、ここにはありません。',
    en: 'A program as a target ("|") does not exist here.',
  },
  file: {
    ja: 'ファイルに書き込む宛先(「/」)は、ここにはありません。',
    en: 'A file as a target ("/") does not exist here.',
  },
  include: {
    ja: '宛先の一覧ファイル(「:include:」)は取り込めません。メーリングリストは別のサービスで続けてください。',
    en: 'A list in a file (":include:") cannot be imported. Keep mailing lists with a service for them.',
  },
  foreignDomain: {
    ja: 'このサービスのドメインのアドレスではありません。',
    en: 'The address is not of a domain that is hosted here.',
  },
  unknownTarget: {
    ja: '宛先のメールボックスが、ここにありません。先にメールボックスを作ってください。',
    en: 'A target has no mailbox here. Create the mailbox first.',
  },
  severalOwners: {
    ja: '宛先のメールボックスが2つ以上あります。別名アドレスの持ち主は1つのメールボックスだけです。',
    en: 'There are several mailboxes as targets, and an alias belongs to one.',
  },
  noMailbox: {
    ja: '外部への転送ですが、このアドレスのメールボックスがありません。先にメールボックスを作ってください。',
    en: 'It forwards to elsewhere, but the address has no mailbox here. Create the mailbox first.',
  },
  tooManyTargets: {
    ja: `転送先が多すぎます。1つのアドレスから${MAX_ACTIONS}か所までです。`,
    en: `There are too many targets to forward to. The most is ${MAX_ACTIONS}.`,
  },
  takenAlias: {
    ja: 'このアドレスは、すでに別のメールボックスの別名です。',
    en: 'The address is an alias of another mailbox already.',
  },
}

export function refusalOf(fault: MapFault): AppError {
  return new AppError('invalid_input', `a line of a map: ${fault}`, texts[fault])
}
