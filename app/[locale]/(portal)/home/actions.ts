'use server'

import { acknowledgeAnnouncement, acknowledgeAnnouncementInput } from '#lib/announcements/announcements-for.ts'
import { defineFormAction } from '#lib/http/define-action.ts'
import { goTo } from '#lib/i18n/go-to.ts'

export const acknowledgeAnnouncementAction = defineFormAction(
  acknowledgeAnnouncementInput,
  'announcement.acknowledge',
  async (actor, input) => {
    await acknowledgeAnnouncement(actor, input)
    return goTo('/home')
  },
)
