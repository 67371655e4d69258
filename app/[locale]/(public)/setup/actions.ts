'use server'

import { findClient } from '#lib/guides/catalogue.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { visitor } from '#lib/http/visitor.ts'
import { setPortalPassword, setPortalPasswordInput } from '#lib/set-up-code/set-portal-password.ts'
import { setUpByLink, setUpByLinkInput, setUpMail, setUpMailInput } from '#lib/set-up-code/set-up-mail.ts'
import type { Issued } from '../../(portal)/credentials/new/issued-view.ts'
import { showIssued } from '../../(portal)/credentials/new/show-issued.ts'

export const setUpMailAction = defineAction(setUpMailInput, 'anyone', async (_actor, input): Promise<Issued> => {
  const client = input.clientId === null ? null : findClient(input.clientId)
  return showIssued(await setUpMail({ ...input, clientId: client?.id ?? null }, await visitor()))
})

export const setUpByLinkAction = defineAction(setUpByLinkInput, 'anyone', async (_actor, input): Promise<Issued> => {
  const client = input.clientId === null ? null : findClient(input.clientId)
  return showIssued(await setUpByLink({ ...input, clientId: client?.id ?? null }))
})

export const setPortalPasswordAction = defineAction(setPortalPasswordInput, 'anyone', async (_actor, input) => {
  await setPortalPassword(input, await visitor())
})
