/** Recipes become Sieve and come back as they were; what a person types stays text. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readRecipes } from '#lib/recipes/read-recipes.ts'
import { type Action, type Condition, type Recipe, recipeSchema } from '#lib/recipes/recipe.ts'
import { writeSieve } from '#lib/recipes/write-sieve.ts'

const recipe = (conditions: Condition[], actions: Action[], change: Partial<Recipe> = {}): Recipe => ({
  name: 'テスト',
  isOn: true,
  match: 'all',
  conditions,
  actions,
  stops: false,
  ...change,
})

const mark: Action = { kind: 'mark', as: 'read' }

/** The script without its comment and its names. */
const commandsOf = (...recipes: Recipe[]) => writeSieve(recipes).split('\r\n').slice(2).join('\n').trim()
const testOf = (condition: Condition) => /^if (.*) \{$/m.exec(commandsOf(recipe([condition], [mark])))?.[1]
const actionOf = (action: Action) => /\{\n {2}(.*)\n\}$/s.exec(commandsOf(recipe([], [action])))?.[1]

const conditions: readonly [Condition, string][] = [
  [{ kind: 'from', operator: 'contains', text: '山田' }, 'header :contains "From" "山田"'],
  [{ kind: 'from', operator: 'is', text: 'a@b.example' }, 'address :all :is "From" "a@b.example"'],
  [{ kind: 'to', operator: 'contains', text: 'ml@' }, 'header :contains ["To", "Cc"] "ml@"'],
  [{ kind: 'subject', operator: 'containsNot', text: 'x' }, 'not header :contains "Subject" "x"'],
  [{ kind: 'subject', operator: 'is', text: 'x' }, 'header :is "Subject" "x"'],
  [{ kind: 'subject', operator: 'startsWith', text: '[a*b?]' }, 'header :matches "Subject" "[a\\\\*b\\\\?]*"'],
  [{ kind: 'header', name: 'X-Mailer', operator: 'endsWith', text: '\\' }, 'header :matches "X-Mailer" "*\\\\\\\\"'],
  [{ kind: 'body', operator: 'contains', text: '当選' }, 'body :text :contains "当選"'],
  [{ kind: 'size', operator: 'over', kilobytes: 2048 }, 'size :over 2048K'],
  [{ kind: 'list' }, 'exists "List-Id"'],
  [{ kind: 'spam' }, 'spamtest :value "ge" :comparator "i;ascii-numeric" "5"'],
  [
    { kind: 'timeOfDay', from: '09:00', until: '17:30' },
    'allof (currentdate :zone "+0900" :value "ge" "time" "09:00:00", currentdate :zone "+0900" :value "lt" "time" "17:30:00")',
  ],
  [
    { kind: 'timeOfDay', from: '22:00', until: '06:00' },
    'anyof (currentdate :zone "+0900" :value "ge" "time" "22:00:00", currentdate :zone "+0900" :value "lt" "time" "06:00:00")',
  ],
]

const actions: readonly [Action, string][] = [
  [{ kind: 'move', folder: '友だち/同窓会' }, 'fileinto :create "友だち/同窓会";'],
  [{ kind: 'mark', as: 'flagged' }, 'addflag "\\\\Flagged";'],
  [{ kind: 'forward', address: 'a@b.example', keepsCopy: true }, 'redirect :copy "a@b.example";'],
  [{ kind: 'forward', address: 'a@b.example', keepsCopy: false }, 'redirect "a@b.example";'],
  [{ kind: 'refuse', text: '受け取りません' }, 'ereject "受け取りません";'],
  [{ kind: 'deleteAfter', days: 30 }, 'addflag "$DeleteAfter30";'],
]

describe('recipes as Sieve', () => {
  for (const [condition, test] of conditions) {
    it(`${condition.kind}: ${test.slice(0, 60)}`, () => assert.equal(testOf(condition), test))
  }
  for (const [action, command] of actions) {
    it(`${action.kind}: ${command}`, () => assert.equal(actionOf(action), command))
  }

  it('asks for what it uses, once, and stops where it should', () => {
    const first = recipe([{ kind: 'list' }, { kind: 'attachment' }], [{ kind: 'move', folder: 'a' }], {
      match: 'any',
      stops: true,
    })
    const second = recipe([], [{ kind: 'move', folder: 'b' }])
    const off = recipe([], [{ kind: 'refuse', text: 'no' }], { isOn: false })
    assert.equal(
      commandsOf(first, second, off),
      `require ["body", "fileinto", "mailbox"];

# テスト
if anyof (exists "List-Id", anyof (header :contains "Content-Type" "multipart/mixed", body :content "application" :contains "")) {
  fileinto :create "a";
  stop;
}

# テスト
if true {
  fileinto :create "b";
}`,
    )
  })

  it('answers between two days only', () => {
    const text = '休みです。\n"すみません"'
    const answer: Action = { kind: 'answer', firstDay: '2026-12-29', lastDay: '2027-01-03', subject: '休暇中', text }
    assert.equal(
      actionOf(answer),
      `if allof (currentdate :zone "+0900" :value "ge" "date" "2026-12-29", currentdate :zone "+0900" :value "le" "date" "2027-01-03") {
    vacation :days 7 :subject "休暇中" "休みです。
\\"すみません\\"";
  }`,
    )
  })

  it('come back from the script that they became', () => {
    const all = [
      recipe(
        conditions.map(([condition]) => condition),
        actions.map(([action]) => action).slice(0, 6),
        { name: '*/ # "', match: 'any' },
      ),
      recipe([], [mark], { isOn: false }),
    ]
    const script = writeSieve(all)
    assert.deepEqual(readRecipes(script), all)
    assert.match(script, /^[^\r]* \*\/\r\n/)
    assert.equal(script.indexOf('*/'), script.indexOf('\r\n') - 2, 'the comment ends where it should')
  })

  it('are not found in a script that was changed or written elsewhere', () => {
    const script = writeSieve([recipe([], [mark])])
    for (const other of [
      `${script}keep;\r\n`,
      script.replace('Seen', 'Flagged'),
      script.replaceAll('\r\n', '\n'),
      'keep;',
      '',
    ]) {
      assert.equal(readRecipes(other), null)
    }
    assert.deepEqual(readRecipes(writeSieve([])), [])
  })

  it('refuse what could not be meant', () => {
    const wrong: readonly Partial<Record<keyof Recipe, unknown>>[] = [
      { name: 'a\nkeep;' },
      { actions: [] },
      { actions: [{ kind: 'move', folder: 'a//b' }] },
      { actions: [{ kind: 'move', folder: 'a\r\nb' }] },
      { actions: [{ kind: 'forward', address: 'nobody', keepsCopy: true }] },
      { actions: [{ kind: 'answer', firstDay: '2027-01-03', lastDay: '2026-12-29', subject: 'a', text: 'b' }] },
      { actions: [{ kind: 'refuse', text: 'a\0b' }] },
      { conditions: [{ kind: 'header', name: 'X Y', operator: 'is', text: 'a' }] },
      { conditions: [{ kind: 'timeOfDay', from: '24:00', until: '06:00' }] },
      { conditions: [{ kind: 'from', operator: 'is', text: { not: '' } }] },
    ]
    const good = recipe([], [mark])
    assert.ok(recipeSchema.safeParse(good).success)
    for (const change of wrong)
      assert.ok(!recipeSchema.safeParse({ ...good, ...change }).success, JSON.stringify(change))
  })
})
