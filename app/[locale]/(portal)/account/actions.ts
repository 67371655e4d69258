'use server'

import { refresh } from 'next/cache'
import {
  cancelClosing,
  cancelClosingInput,
  requestClosing,
  requestClosingInput,
} from '#lib/account-closing/request-closing.ts'
import { allowExport, allowExportInput } from '#lib/account-export/allow-export.ts'
import {
  addAlias,
  addAliasInput,
  changeDisplayName,
  changeDisplayNameInput,
  removeAlias,
  removeAliasInput,
} from '#lib/accounts/index.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { visitor } from '#lib/http/visitor.ts'

export const changeDisplayNameAction = defineAction(changeDisplayNameInput, 'account.change', changeDisplayName)

export const addAliasAction = defineAction(addAliasInput, 'account.change', async (actor, input) => {
  const { address } = await addAlias(actor, input)
  refresh()
  return address
})

export const removeAliasAction = defineAction(removeAliasInput, 'account.change', async (actor, input) => {
  await removeAlias(actor, input)
  refresh()
})

export const allowExportAction = defineAction(allowExportInput, 'account.export', async (actor, input) =>
  allowExport(actor, input, await visitor()),
)

export const requestClosingAction = defineAction(requestClosingInput, 'account.close', async (actor, input) => {
  await requestClosing(actor, input, await visitor())
  refresh()
})

export const cancelClosingAction = defineAction(cancelClosingInput, 'account.close', async (actor, input) => {
  await cancelClosing(actor, input)
  refresh()
})
