/** What is wrong with a script, and where: for the person who wrote it and for the program that uploads it. */

/** Line and column count from 1; a column is a character. */
export type Position = { readonly line: number; readonly column: number }

export type FaultCode =
  | 'notText'
  | 'scriptTooLarge'
  | 'unexpectedCharacter'
  | 'unclosedString'
  | 'unclosedComment'
  | 'numberTooLarge'
  | 'unexpectedToken'
  | 'nestedTooDeep'
  | 'unknownCommand'
  | 'unknownTest'
  | 'extensionMissing'
  | 'extensionUnknown'
  | 'requireTooLate'
  | 'elseWithoutIf'
  | 'tagUnknown'
  | 'tagTwice'
  | 'tagsConflict'
  | 'tagNeeded'
  | 'argumentWrong'
  | 'argumentMissing'
  | 'argumentSurplus'
  | 'testMissing'
  | 'testSurplus'
  | 'blockMissing'
  | 'blockSurplus'
  | 'comparatorUnknown'
  | 'comparatorUnfit'
  | 'valueNotAllowed'
  | 'regexNotValid'
  | 'addressNotValid'
  | 'folderNameNotValid'
  | 'headerNameNotValid'
  | 'variableNameNotValid'
  | 'tooManyVariables'
  // found only while a script runs
  | 'tooManyActions'
  | 'tooManyRedirects'
  | 'tooMuchWork'
  | 'actionsConflict'
  | 'includeMissing'
  | 'includeRecursive'
  | 'headerTooLarge'

export type Fault = {
  readonly code: FaultCode
  readonly position: Position
  /** what the sentence names: a word of the script, a limit */
  readonly subject: string
}

/** Ends reading or running at the first fault. */
export class SieveFault extends Error {
  readonly fault: Fault

  constructor(code: FaultCode, position: Position, subject = '') {
    super(`${code} at ${position.line}:${position.column} ${subject}`)
    this.name = 'SieveFault'
    this.fault = { code, position, subject }
  }
}
