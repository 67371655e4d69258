/** The ten journeys of README.md, each as somebody who sees the pages for the first time, in each of the four looks. */
import { after, before, describe } from 'node:test'
import { browserMissing } from '#tests/support/browser.ts'
import { matrix } from '#tests/support/matrix.ts'
import { account } from './journeys/account.ts'
import { doctor } from './journeys/doctor.ts'
import { looks } from './journeys/look.ts'
import { mainJob } from './journeys/main-job.ts'
import { news } from './journeys/news.ts'
import { oldProgram } from './journeys/old-program.ts'
import { Person } from './journeys/person.ts'
import { recipes } from './journeys/recipes.ts'
import { sent } from './journeys/sent.ts'
import { telephone } from './journeys/telephone.ts'
import { trace } from './journeys/trace.ts'
import { workAtNight } from './journeys/work-at-night.ts'
import { type Cast, openWorld, type World } from './journeys/world.ts'

const journeys: readonly (readonly [string, (cast: Cast) => Promise<void>])[] = [
  ['1 main job', mainJob],
  ['2 doctor', doctor],
  ['3 recipes', recipes],
  ['4 sent', sent],
  ['5 account', account],
  ['6 old program', oldProgram],
  ['7 news', news],
  ['8 telephone', telephone],
  ['9 trace', trace],
  ['10 work at night', workAtNight],
]

describe('a journey', { skip: browserMissing }, () => {
  const table = matrix(
    'journeys',
    'The ten journeys of subscribers, readers and staff, on a desk and a phone, in both languages',
  )
  let world: World
  before(async () => {
    world = await openWorld()
  })
  after(() => world?.close())

  for (const look of looks) {
    describe(`${look.device}, ${look.language}`, () => {
      let cast: Cast
      before(async () => {
        cast = await world.bringIn(look)
      })
      after(() => cast?.leave())

      for (const [name, walk] of journeys) {
        table.check(name, async () => {
          await walk(cast)
          for (const person of Object.values(cast)) if (person instanceof Person) person.hasNoComplaints()
        })
      }
    })
  }
})
