// What `verify` needs beside the printed policy is what its page says.
import { expect, it } from 'vitest'
import { read } from '../../src/definition/read.ts'
import type { Decided } from '../../src/local/authorize.ts'
import { decide, statementsOf } from '../../src/local/iam/policy.ts'
import { blocks, section, text } from '../docs/pages.ts'
import { network, verified, web, wholeWorld, worker } from '../deploy/verify/support.ts'
import { printed } from './printed.ts'

const page = JSON.parse(blocks(section(text('docs/verify.md'), 'Permissions'), 'json')[0]!)

/** With a network, and with the ARN of the secret as it is in the world that was made last. */
function classes() {
  const updateServices = [{ cluster: 'my_cluster', service: 'web', networkConfiguration: network() }]
  return { Web: web({ updateServices }), Worker: worker() }
}

const least = printed(Object.entries(classes()).map(([name, declared]) => read(declared, name).definition)).Statement
const policyWith = (statements: readonly object[]): string =>
  JSON.stringify({ ...page, Statement: [...least, ...statements] })

it('verify needs what its page says beside the printed policy, and nothing else', async () => {
  const decisions: Decided[] = []
  const staged = wholeWorld(undefined, { policy: policyWith(page.Statement), decisions })
  expect(await verified(staged, classes())).toEqual([])
  expect(decisions.filter(({ decision }) => decision !== 'allowed')).toEqual([])
  for (const statement of page.Statement) {
    for (const action of [statement.Action].flat()) {
      const less = { ...statement, Action: [statement.Action].flat().filter((one) => one !== action) }
      const left = statementsOf(policyWith(page.Statement.map((one: object) => (one === statement ? less : one))))
      const isMissed = decisions.some((one) => decide(left, one) !== 'allowed')
      expect([action, isMissed]).toEqual([action, true])
    }
  }
})
