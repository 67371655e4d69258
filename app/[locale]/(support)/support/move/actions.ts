'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '#lib/http/define-action.ts'
import { addCallNote, addCallNoteInput } from '#lib/move/call-notes.ts'

const input = addCallNoteInput.extend({ mailboxId: z.coerce.number().int().positive() })

export const addCallNoteAction = defineAction(input, 'move.readBoard', async (actor, note) => {
  await addCallNote(actor, note)
  refresh()
})
