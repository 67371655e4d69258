// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Sieve are written so
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkScript } from '#lib/sieve/checker.ts'
import { extensions } from '#lib/sieve/extensions.ts'
import type { FaultCode } from '#lib/sieve/fault.ts'
import { faultLine } from '#lib/sieve/fault-texts.ts'
import { MAX_SCRIPT_BYTES } from '#lib/sieve/limits.ts'
import { matrix } from '#tests/support/matrix.ts'

type Row = readonly [script: string, code: FaultCode, place: string, subject?: string]

const rows: readonly Row[] = [
  ['keep', 'unexpectedToken', '1:5', '";"'],
  ['keep;\nredirect "a@b.example"', 'unexpectedToken', '2:23', '";"'],
  ['if true { keep; ', 'unexpectedToken', '1:17', '"}"'],
  ['keep; }', 'unexpectedToken', '1:7', 'command'],
  ['if anyof (true, ) { }', 'unexpectedToken', '1:17', 'test'],
  ['if header ["a", 1] "b" { }', 'unexpectedToken', '1:17', 'string'],
  ['redirect "open', 'unclosedString', '1:10'],
  ['require "reject";\nreject text:\nno end\n', 'unclosedString', '2:8'],
  ['keep;\n/* open', 'unclosedComment', '2:1'],
  ['keep @', 'unexpectedCharacter', '1:6', '@'],
  ['日本 ;', 'unexpectedCharacter', '1:1', '日'],
  ['if size :over 5000000000 { }', 'numberTooLarge', '1:15', '5000000000'],
  ['if size :over 4G { }', 'numberTooLarge', '1:15', '4G'],
  ['kepp;', 'unknownCommand', '1:1', 'kepp'],
  ['if heder "a" "b" { }', 'unknownTest', '1:4', 'heder'],
  ['keep; if constructor { }', 'unknownTest', '1:10', 'constructor'],
  ['fileinto "x";', 'extensionMissing', '1:1', 'fileinto'],
  ['redirect :copy "a@b.example";', 'extensionMissing', '1:10', 'copy'],
  ['if header :regex "a" "b" { }', 'extensionMissing', '1:11', 'regex'],
  ['if header :count "eq" "a" "1" { }', 'extensionMissing', '1:11', 'relational'],
  ['require ["fileinto", "nope"];', 'extensionUnknown', '1:22', 'nope'],
  ['keep;\nrequire "fileinto";', 'requireTooLate', '2:1'],
  ['else { }', 'elseWithoutIf', '1:1', 'else'],
  ['if true { } else { } elsif true { }', 'elseWithoutIf', '1:22', 'elsif'],
  ['keep :loud;', 'tagUnknown', '1:6', ':loud'],
  ['if header :is :is "a" "b" { }', 'tagTwice', '1:15', ':is'],
  ['if header :is :contains "a" "b" { }', 'tagsConflict', '1:15', ':is, :contains'],
  ['if size 100 { }', 'tagNeeded', '1:4', ':over, :under'],
  ['require "index"; if header :last "a" "b" { }', 'tagNeeded', '1:21', ':index'],
  ['redirect 5;', 'argumentWrong', '1:10', 'string'],
  ['redirect ["a@b.example"];', 'argumentWrong', '1:10', 'string'],
  ['if size :over "5" { }', 'argumentWrong', '1:15', 'number'],
  ['redirect;', 'argumentMissing', '1:1', 'redirect'],
  ['if header "a" { }', 'argumentMissing', '1:4', 'header'],
  ['if header "a" "b" "c" { }', 'argumentSurplus', '1:19', 'header'],
  ['discard "x";', 'argumentSurplus', '1:9', 'discard'],
  ['if { }', 'testMissing', '1:1', 'if'],
  ['keep true;', 'testSurplus', '1:6', 'keep'],
  ['if not (true, false) { }', 'testSurplus', '1:15', 'not'],
  ['if true;', 'blockMissing', '1:1', 'if'],
  ['keep { }', 'blockSurplus', '1:1', 'keep'],
  ['if header :comparator "i;klingon" "a" "b" { }', 'comparatorUnknown', '1:23', 'i;klingon'],
  [
    'require "comparator-i;ascii-numeric"; if header :contains :comparator "i;ascii-numeric" "a" "b" { }',
    'comparatorUnfit',
    '1:71',
    'i;ascii-numeric',
  ],
  ['require "relational"; if header :count "much" "a" "1" { }', 'valueNotAllowed', '1:40', 'much'],
  ['require "envelope"; if envelope "sender" "a" { }', 'valueNotAllowed', '1:33', 'sender'],
  ['require "date"; if date "date" "century" "a" { }', 'valueNotAllowed', '1:32', 'century'],
  ['require "enotify"; notify "tel:110";', 'valueNotAllowed', '1:27', 'tel:110'],
  ['require "regex"; if header :regex "a" "(b" { }', 'regexNotValid', '1:39', '(b'],
  ['redirect "nobody";', 'addressNotValid', '1:10', 'nobody'],
  [
    'redirect "a@b.example\r\nRCPT TO:<x@y.example>";',
    'addressNotValid',
    '1:10',
    'a@b.example\r\nRCPT TO:<x@y.example>',
  ],
  ['require "fileinto"; fileinto "";', 'folderNameNotValid', '1:30', ''],
  ['if exists "a b" { }', 'headerNameNotValid', '1:11', 'a b'],
  ['require "editheader"; addheader "X\r\nY" "z";', 'headerNameNotValid', '1:33', 'X\r\nY'],
  ['require "variables"; set "1a" "b";', 'variableNameNotValid', '1:26', '1a'],
  ['if '.concat('not '.repeat(40), 'true { }'), 'nestedTooDeep', '1:136', '32'],
  [`${'if true { '.repeat(40)}${'} '.repeat(40)}`, 'nestedTooDeep', '1:329', '32'],
  [
    `require "variables";${Array.from({ length: 256 }, (_, index) => `set "v${index}" "";`).join('')}`,
    'tooManyVariables',
    '1:3485',
    '255',
  ],
  ['\0', 'notText', '1:1'],
  [`# ${'x'.repeat(MAX_SCRIPT_BYTES)}`, 'scriptTooLarge', '1:1', '1048576'],
]

describe('a script that breaks a rule is refused where it breaks it', () => {
  const { check } = matrix('sieve-faults', 'Faulty Sieve scripts refused with line, column and a sentence')
  for (const [script, code, place, subject = ''] of rows) {
    check(`${code}: ${JSON.stringify(script.slice(0, 80))}`, async () => {
      const result = checkScript(script)
      assert.ok(result.outcome === 'faulty')
      const { fault } = result
      assert.deepEqual([fault.code, fault.subject], [code, subject])
      assert.equal(`${fault.position.line}:${fault.position.column}`, place)
      const { ja, en } = faultLine(fault)
      assert.match(ja, /。$/)
      assert.match(en, /[.]$/)
    })
  }

  it('knows every extension that it offers', () => {
    const required = extensions.map((name) => `"${name}"`).join(', ')
    assert.equal(checkScript(`require [${required}];`).outcome, 'valid')
  })
})
