import { describe, test } from 'node:test'
import { costlyReadings, readWithLittleMemory } from '#tests/support/little-memory.ts'

describe('parsers need memory for the text, not for each of its pieces', () => {
  for (const name of costlyReadings) test(name, () => readWithLittleMemory(name))
})
