/** A fault as a sentence for the person who wrote the script. */
import type { Fault, FaultCode } from './fault.ts'

type Sentence = (subject: string) => { readonly ja: string; readonly en: string }

const sentences: Readonly<Record<FaultCode, Sentence>> = {
  notText: () => ({
    ja: 'UTF-8の文字として読めない部分があります。UTF-8で保存し直してください。',
    en: 'This is not UTF-8 text. Save the script as UTF-8.',
  }),
  scriptTooLarge: (subject) => ({
    ja: `スクリプトが大きすぎます。${subject}バイトまでにしてください。`,
    en: `The script is too large. Keep it within ${subject} bytes.`,
  }),
  unexpectedCharacter: (subject) => ({
    ja: `「${subject}」はここには書けません。`,
    en: `"${subject}" cannot stand here.`,
  }),
  unclosedString: () => ({
    ja: 'ここで始まる文字列が閉じていません。「"」、または複数行の文字列なら「.」だけの行を足してください。',
    en: 'The text that begins here has no end. Add the closing quote, or a line with a single dot after "text:".',
  }),
  unclosedComment: () => ({
    ja: 'ここで始まる注釈が閉じていません。「*/」を足してください。',
    en: 'The comment that begins here has no end. Add "*/".',
  }),
  numberTooLarge: (subject) => ({
    ja: `数「${subject}」が大きすぎます。4294967295までにしてください。`,
    en: `The number ${subject} is too large. The largest is 4294967295.`,
  }),
  unexpectedToken: (subject) => ({
    ja: `ここには${subject}が必要です。直前の行の書き忘れも確かめてください。`,
    en: `Here should be ${subject}. Look also at the end of the line before.`,
  }),
  nestedTooDeep: (subject) => ({
    ja: `入れ子が深すぎます。${subject}段までにしてください。`,
    en: `This is nested too deeply. Keep it within ${subject} levels.`,
  }),
  unknownCommand: (subject) => ({
    ja: `「${subject}」という命令はありません。つづりを確かめてください。`,
    en: `There is no command "${subject}". Check the spelling.`,
  }),
  unknownTest: (subject) => ({
    ja: `「${subject}」という条件はありません。つづりを確かめてください。`,
    en: `There is no test "${subject}". Check the spelling.`,
  }),
  extensionMissing: (subject) => ({
    ja: `これを使うには、スクリプトの先頭に require "${subject}"; が必要です。`,
    en: `To use this, write require "${subject}"; at the top of the script.`,
  }),
  extensionUnknown: (subject) => ({
    ja: `拡張機能「${subject}」はこのサーバーにはありません。`,
    en: `This server does not have the extension "${subject}".`,
  }),
  requireTooLate: () => ({
    ja: 'requireはスクリプトの先頭、ほかの命令より前に書いてください。',
    en: 'Move require to the top of the script, before every other command.',
  }),
  elseWithoutIf: (subject) => ({
    ja: `「${subject}」の前に「if」がありません。`,
    en: `"${subject}" has no "if" before it.`,
  }),
  tagUnknown: (subject) => ({
    ja: `「${subject}」はここでは使えません。`,
    en: `"${subject}" cannot be used here.`,
  }),
  tagTwice: (subject) => ({ ja: `「${subject}」が2回書かれています。`, en: `"${subject}" is written twice.` }),
  tagsConflict: (subject) => ({
    ja: `「${subject}」は一緒に使えません。どちらかを消してください。`,
    en: `${subject} cannot be used together. Remove one of them.`,
  }),
  tagNeeded: (subject) => ({ ja: `「${subject}」が必要です。`, en: `"${subject}" is needed here.` }),
  argumentWrong: (subject) => ({
    ja: `ここには${subject}を書いてください。`,
    en: `Write ${subject} here.`,
  }),
  argumentMissing: (subject) => ({
    ja: `「${subject}」に必要な値が足りません。`,
    en: `"${subject}" lacks a value.`,
  }),
  argumentSurplus: (subject) => ({
    ja: `「${subject}」の値が多すぎます。`,
    en: `"${subject}" has a value too many.`,
  }),
  testMissing: (subject) => ({
    ja: `「${subject}」には条件が必要です。`,
    en: `"${subject}" needs a test.`,
  }),
  testSurplus: (subject) => ({
    ja: `「${subject}」に条件は付けられません。`,
    en: `"${subject}" takes no test here.`,
  }),
  blockMissing: (subject) => ({
    ja: `「${subject}」のあとに「{ … }」が必要です。`,
    en: `"${subject}" needs a block "{ … }".`,
  }),
  blockSurplus: (subject) => ({
    ja: `「${subject}」に「{ … }」は付けられません。「;」で終えてください。`,
    en: `"${subject}" takes no block. End it with ";".`,
  }),
  comparatorUnknown: (subject) => ({
    ja: `比較方法「${subject}」はこのサーバーにはありません。`,
    en: `This server does not have the comparator "${subject}".`,
  }),
  comparatorUnfit: (subject) => ({
    ja: `比較方法「${subject}」はこの比べ方には使えません。`,
    en: `The comparator "${subject}" cannot compare in this way.`,
  }),
  valueNotAllowed: (subject) => ({
    ja: `「${subject}」はここで使える値ではありません。`,
    en: `"${subject}" is not a value that can be used here.`,
  }),
  regexNotValid: (subject) => ({
    ja: `正規表現「${subject}」を読み取れません。括弧や記号を確かめてください。`,
    en: `The regular expression "${subject}" cannot be read. Check its brackets and signs.`,
  }),
  addressNotValid: (subject) => ({
    ja: `「${subject}」はメールアドレスではありません。`,
    en: `"${subject}" is not a mail address.`,
  }),
  folderNameNotValid: (subject) => ({
    ja: `「${subject}」というフォルダーは作れません。別の名前にしてください。`,
    en: `A folder cannot be called "${subject}". Choose another name.`,
  }),
  headerNameNotValid: (subject) => ({
    ja: `「${subject}」はヘッダーの名前として使えません。`,
    en: `"${subject}" cannot be the name of a header field.`,
  }),
  variableNameNotValid: (subject) => ({
    ja: `「${subject}」は変数の名前として使えません。英字で始まる英数字にしてください。`,
    en: `"${subject}" cannot be the name of a variable. Use letters and digits, a letter first.`,
  }),
  tooManyVariables: (subject) => ({
    ja: `変数が多すぎます。${subject}個までにしてください。`,
    en: `There are too many variables. Keep to ${subject}.`,
  }),
  tooManyActions: (subject) => ({
    ja: `1通のメールに対する処理が${subject}個を超えました。`,
    en: `There were more than ${subject} actions for one message.`,
  }),
  tooManyRedirects: (subject) => ({
    ja: `1通のメールの転送先が${subject}件を超えました。`,
    en: `There were more than ${subject} forwards of one message.`,
  }),
  tooMuchWork: () => ({
    ja: 'このメールの処理に時間がかかりすぎたため、途中でやめました。条件を減らすか、簡単にしてください。',
    en: 'This message took too long, so the script was stopped. Use fewer or simpler tests.',
  }),
  actionsConflict: (subject) => ({
    ja: `「${subject}」は、すでに決まった処理と一緒には実行できません。`,
    en: `"${subject}" cannot be combined with what was decided before.`,
  }),
  includeMissing: (subject) => ({
    ja: `スクリプト「${subject}」が見つからないか、読み取れません。`,
    en: `The script "${subject}" is missing or cannot be read.`,
  }),
  includeRecursive: (subject) => ({
    ja: `スクリプト「${subject}」が自分自身を呼び出しています。`,
    en: `The script "${subject}" includes itself.`,
  }),
  headerTooLarge: () => ({
    ja: 'ヘッダーが大きくなりすぎました。',
    en: 'The header grew too large.',
  }),
}

/** Subjects that are words of the grammar and not of the script. */
const grammarWords: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = {
  command: { ja: '命令', en: 'a command' },
  test: { ja: '条件', en: 'a test' },
  string: { ja: '文字列（"…"）', en: 'a text in quotes' },
  strings: { ja: '文字列（"…"）か、その一覧（["…", "…"]）', en: 'a text in quotes, or a list of them in brackets' },
  number: { ja: '数', en: 'a number' },
}

export function faultSentence({ code, subject }: Fault): { readonly ja: string; readonly en: string } {
  const sentence = sentences[code]
  const word = code === 'unexpectedToken' || code === 'argumentWrong' ? grammarWords[subject] : undefined
  return { ja: sentence(word?.ja ?? subject).ja, en: sentence(word?.en ?? subject).en }
}

/** With the place, as a list of errors shows it. */
export function faultLine(fault: Fault): { readonly ja: string; readonly en: string } {
  const { line, column } = fault.position
  const { ja, en } = faultSentence(fault)
  return { ja: `${line}行${column}文字目: ${ja}`, en: `Line ${line}, column ${column}: ${en}` }
}
