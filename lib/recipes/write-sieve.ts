/**
 * Recipes as a Sieve script (RFC 5228) that says the same, and that read-recipes.ts finds the recipes in again.
 *
 * Guarantees: whatever a person typed is inside a quoted string, so it can neither end nor begin a command; the same
 * recipes always become the same text.
 */
import { DELETE_AFTER_KEYWORD } from '#lib/mail/delete-after.ts'
import type { Action, Condition, Recipe } from './recipe.ts'

/** In which the hours of a recipe are meant: Japan has one time and no summer time. */
const ZONE = '+0900'
/** A verdict from which on mail counts as spam (RFC 5235 §2.2: 1 to 10). */
const SPAM_FROM = '5'
const ANSWER_AGAIN_DAYS = 7

type Fragment = { readonly text: string; readonly needs: readonly string[] }
/** A line may hold a string of several lines, which are never indented. */
type Command = { readonly lines: readonly string[]; readonly needs: readonly string[] }

const fragment = (text: string, ...needs: string[]): Fragment => ({ text, needs })
const command = (line: string, ...needs: string[]): Command => ({ lines: [line], needs })

export function writeSieve(recipes: readonly Recipe[]): string {
  const commands = recipes.filter(({ isOn }) => isOn).map(recipeCommand)
  const needs = [...new Set(commands.flatMap(({ needs }) => needs))].sort()
  const parts = [
    recipesComment(recipes),
    ...(needs.length > 0 ? [`require ${stringList(needs)};`] : []),
    ...commands.map(({ lines }) => lines.join('\r\n')),
  ]
  return `${parts.join('\r\n\r\n')}\r\n`
}

export const COMMENT_START = '/* recipes: '
export const COMMENT_END = ' */'

/** JSON in a comment; "*" and "/" never meet in it. */
function recipesComment(recipes: readonly Recipe[]): string {
  return `${COMMENT_START}${JSON.stringify(recipes).replaceAll('*/', '*\\/')}${COMMENT_END}`
}

function recipeCommand({ name, match, conditions, actions, stops }: Recipe): Command {
  const tests = conditions.map(conditionTest)
  const commands = [...actions.map(actionCommand), ...(stops ? [command('stop;')] : [])]
  const needs = [...tests, ...commands].flatMap(({ needs }) => needs)
  const body = commands.flatMap(({ lines }) => lines)
  return { lines: [`# ${name}`, ...block(testOf(match, tests), body)], needs }
}

function testOf(match: Recipe['match'], tests: readonly Fragment[]): string {
  const [first, ...others] = tests
  if (first === undefined) return 'true'
  return others.length === 0
    ? first.text
    : `${match === 'all' ? 'allof' : 'anyof'} (${tests.map(({ text }) => text).join(', ')})`
}

function block(test: string, body: readonly string[]): string[] {
  return [`if ${test} {`, ...body.map((line) => `  ${line}`), '}']
}

function conditionTest(condition: Condition): Fragment {
  switch (condition.kind) {
    case 'from':
      return fieldTest(['From'], condition)
    case 'to':
      return fieldTest(['To', 'Cc'], condition)
    case 'subject':
      return headerTest(['Subject'], condition)
    case 'header':
      return headerTest([condition.name], condition)
    case 'body':
      return negatedIf(
        condition.operator === 'containsNot',
        fragment(`body :text :contains ${quoted(condition.text)}`, 'body'),
      )
    case 'size':
      return fragment(`size :${condition.operator} ${condition.kilobytes}K`)
    case 'attachment':
      return fragment(
        'anyof (header :contains "Content-Type" "multipart/mixed", body :content "application" :contains "")',
        'body',
      )
    case 'list':
      return fragment('exists "List-Id"')
    case 'spam':
      return fragment(
        `spamtest :value "ge" :comparator "i;ascii-numeric" "${SPAM_FROM}"`,
        'spamtest',
        'relational',
        'comparator-i;ascii-numeric',
      )
    case 'timeOfDay':
      return timeTest(condition.from, condition.until)
  }
}

type TextTest = Extract<Condition, { operator: string; text: string }>

/** A whole address is compared with the address, a part with all of the field: people look for names, too. */
function fieldTest(fields: readonly string[], test: TextTest): Fragment {
  if (test.operator !== 'is') return headerTest(fields, test)
  return fragment(`address :all :is ${stringList(fields)} ${quoted(test.text)}`)
}

function headerTest(fields: readonly string[], { operator, text }: TextTest): Fragment {
  const names = stringList(fields)
  switch (operator) {
    case 'contains':
    case 'containsNot':
      return negatedIf(operator === 'containsNot', fragment(`header :contains ${names} ${quoted(text)}`))
    case 'is':
      return fragment(`header :is ${names} ${quoted(text)}`)
    case 'startsWith':
      return fragment(`header :matches ${names} ${quoted(`${literal(text)}*`)}`)
    case 'endsWith':
      return fragment(`header :matches ${names} ${quoted(`*${literal(text)}`)}`)
  }
}

function negatedIf(isNegated: boolean, { text, needs }: Fragment): Fragment {
  return fragment(isNegated ? `not ${text}` : text, ...needs)
}

/** From 22:00 until 6:00 is two pieces of a day. */
function timeTest(from: string, until: string): Fragment {
  const bound = (relation: string, time: string) =>
    `currentdate :zone "${ZONE}" :value "${relation}" "time" "${time}:00"`
  const how = from <= until ? 'allof' : 'anyof'
  return fragment(`${how} (${bound('ge', from)}, ${bound('lt', until)})`, 'date', 'relational')
}

function actionCommand(action: Action): Command {
  switch (action.kind) {
    case 'move':
      return command(`fileinto :create ${quoted(action.folder)};`, 'fileinto', 'mailbox')
    case 'mark':
      return command(`addflag ${quoted(action.as === 'read' ? '\\Seen' : '\\Flagged')};`, 'imap4flags')
    case 'forward':
      return action.keepsCopy
        ? command(`redirect :copy ${quoted(action.address)};`, 'copy')
        : command(`redirect ${quoted(action.address)};`)
    case 'answer':
      return answerCommand(action)
    case 'refuse':
      return command(`ereject ${quoted(action.text)};`, 'ereject')
    case 'deleteAfter':
      return command(`addflag ${quoted(`${DELETE_AFTER_KEYWORD}${action.days}`)};`, 'imap4flags')
  }
}

function answerCommand({ firstDay, lastDay, subject, text }: Extract<Action, { kind: 'answer' }>): Command {
  const day = (relation: string, date: string) => `currentdate :zone "${ZONE}" :value "${relation}" "date" "${date}"`
  const answer = `vacation :days ${ANSWER_AGAIN_DAYS} :subject ${quoted(subject)} ${quoted(text)};`
  const lines = block(`allof (${day('ge', firstDay)}, ${day('le', lastDay)})`, [answer])
  return { lines, needs: ['date', 'relational', 'vacation'] }
}

function stringList(texts: readonly string[]): string {
  return texts.length === 1 ? quoted(texts[0] as string) : `[${texts.map(quoted).join(', ')}]`
}

/** RFC 5228 §2.4.2: "\" and the quote itself are escaped, lines end with CR LF. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\r\n')}"`
}

/** For ":matches", where "*", "?" and "\" mean something else. */
function literal(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&')
}
