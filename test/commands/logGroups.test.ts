import { expect, test } from 'vitest'
import { localFixtures } from '../../src/commands/program/localFixtures.ts'
import { stackFixtures } from '../../src/commands/program/stackOptions.ts'
import { read } from '../../src/definition/read.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import { seed } from '../cluster/support.ts'
import { serviceOf } from './inProcess.ts'

const logConfiguration = {
  logDriver: 'awslogs' as const,
  options: { 'awslogs-region': 'us-east-1', 'awslogs-group': '/ecs/<image_tag>' },
}

test('--local creates the log groups of a definition, before the services whose tasks need them', () => {
  const containerDefinitions = [{ name: 'web', image: 'web:<image_tag>', memory: 64, logConfiguration }]
  const { definition } = read({ ...serviceOf('web'), taskDefinition: { family: 'web', containerDefinitions } }, 'Web')
  const aws = createLocalAws({ now: Date.now })
  expect(aws.provision(localFixtures([definition]))).toContain('log group /ecs/initial')
  const [{ service }] = Object.values(aws.world.regions['us-east-1']!.services) as any
  expect(service).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
})

test('--local creates the log groups of a stack', () => {
  const files = [{ name: 'stack.yml', text: seed }]
  const aws = createLocalAws({ now: Date.now })
  expect(aws.provision(stackFixtures({ cluster: 'staging', files, env: {} }))).toContain('log group /ecs/staging')
})
