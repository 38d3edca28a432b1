import { beforeAll, expect, it } from 'vitest'
import { running } from '../service/support.ts'
import { warm } from './support.ts'

beforeAll(warm)

it('an update that has waited for its lock starts from what the run before it has deployed', async () => {
  const { update, aws, call, definitionOf, clock } = running()
  aws.provision({ buckets: ['locks'] })
  const put = (more: object): unknown =>
    aws.perform({
      service: 's3',
      operation: 'PutObject',
      input: () => ({
        Bucket: 'locks',
        Key: 'us-east-1/services/production1/doorman.json',
        Body: JSON.stringify({ version: 1, id: 'other', holder: 'bob', ttlSeconds: 60, renewals: 0, ...more }),
      }),
    })
  put({})
  const { taskDefinitionArn: _, ...before } = definitionOf()
  const result = await update(
    { image: ['docker.repo.com/doorman:v2'] },
    {
      lock: 's3://locks',
      waitForLock: 600_000,
      clock: { ...clock, random: () => 0.25 },
      hear({ type }) {
        if (type !== 'lock.waiting') return
        const environment = [{ name: 'API_TOKEN', value: 'battery-staple' }]
        const containerDefinitions = [{ ...before['containerDefinitions'][0], environment }]
        const { taskDefinition } = call('ecs', 'RegisterTaskDefinition', { family: 'doorman', containerDefinitions })
        call('ecs', 'UpdateService', {
          cluster: 'production1',
          service: 'doorman',
          taskDefinition: taskDefinition.taskDefinitionArn,
        })
        put({ released: { by: 'bob', at: 'now' } })
      },
    },
  )
  expect(result).toMatchObject({ exitCode: 0 })
  expect(definitionOf()['containerDefinitions'][0]).toMatchObject({
    image: 'docker.repo.com/doorman:v2',
    environment: [{ name: 'API_TOKEN', value: 'battery-staple' }],
  })
  // What came with that is not shown, either.
  expect(JSON.stringify([result.events, result.plan])).not.toContain('battery-staple')
})
