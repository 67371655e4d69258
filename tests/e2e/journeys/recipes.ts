/** 3: makes a recipe, tries it on a message, saves it, takes the save back; withdraws a forward. */
import assert from 'node:assert/strict'
import type { Cast } from './world.ts'

const message = 'From: Club <club@example.net>\nList-Id: <club.example.net>\nSubject: hello\n\ntext'

async function addForwards(mailboxId: number): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const addresses = [
    { address: 'phone@example.net', verifiedAt: new Date() },
    { address: 'asked@example.net', verifiedAt: null },
  ]
  const tokenHash = (address: string) => new TextEncoder().encode(`${mailboxId} ${address}`)
  await prisma().forwardAddress.createMany({
    data: addresses.map((each) => ({ mailboxId, ...each, tokenHash: tokenHash(each.address) })),
  })
}

export async function recipes({ subscriber, mailbox }: Cast): Promise<void> {
  const { page } = subscriber
  const recipe = subscriber.say('recipes.template.name.mailingList')
  await subscriber.goTo('/recipes')
  await subscriber.reads('recipes.empty.title')
  await subscriber.looks('3-empty')
  await subscriber.press('recipes.template.name.mailingList')
  await subscriber.unfold('recipes.bench.paste')
  await subscriber.fill('recipes.bench.message', message)
  await subscriber.press('recipes.bench.pasted')
  await page.locator('tbody tr', { hasText: recipe }).waitFor()
  await subscriber.looks('3-tried')
  await subscriber.press('recipes.save')
  await subscriber.reads('recipes.saved')
  await subscriber.reads('recipes.history.current')
  await subscriber.looks('3-saved')
  await subscriber.unfold('recipes.item.edit')
  await subscriber.press('recipes.item.remove')
  await subscriber.press('recipes.save')
  await page
    .getByRole('button', { name: new RegExp(subscriber.say('recipes.history.return')) })
    .first()
    .click()
  await page.getByRole('heading', { name: `1. ${recipe}` }).waitFor()

  await addForwards(mailbox.id)
  await subscriber.goTo('/recipes')
  await subscriber.reads('recipes.forwards.state.asked')
  await subscriber.looks('3-forwards')
  await page.getByRole('button', { name: new RegExp(subscriber.say('recipes.forwards.withdraw.confirmed')) }).click()
  await page.getByText('phone@example.net').first().waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('button', { name: subscriber.say('recipes.forwards.withdraw.asked') }).count(), 1)
}
