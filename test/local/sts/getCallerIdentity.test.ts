import { expect, it } from 'vitest'
import { emptyWorld } from '../../../src/local/world/world.ts'
import { localAws, start } from '../support.ts'

it('says who calls: the user `local` of the world’s account', () => {
  const identity = localAws({ world: emptyWorld(start, '999999999999') }).call('sts', 'GetCallerIdentity')
  expect(identity).toMatchObject({ Account: '999999999999', Arn: 'arn:aws:iam::999999999999:user/local' })
  expect(identity.UserId).toMatch(/^AIDA\w{17}$/)
})
