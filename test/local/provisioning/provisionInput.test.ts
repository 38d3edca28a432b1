import { expect, it } from 'vitest'
import { localAws } from '../support.ts'

it.each([
  '{"services":[null]}',
  '{"clusters":1}',
  '{"rules":[{}]}',
  '{"topics":[1]}',
  '{"containerInstances":[{}]}',
  '{"cluster":[]}',
  '{"loadBalancers":["shared"]}',
  '{"targetGroups":[{}]}',
])('an invalid Provision is refused with 400 and creates nothing: %s', (body) => {
  const { handle, region } = localAws()
  const answer = handle({ method: 'POST', path: '/_local/provision', headers: {}, body })
  expect(answer.status).toBe(400)
  expect([region.clusters, region.rules, region.topics, region.taskDefinitions]).toEqual([{}, {}, {}, {}])
})
