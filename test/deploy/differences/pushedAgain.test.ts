import { expect, it } from 'vitest'
import type { Declared } from '../../../src/definition/definition.ts'
import { fixturesOf, stage } from '../support.ts'
import { changeText } from '../../../src/output/differencesText.ts'
import { read } from '../../../src/definition/read.ts'
import { ecr, push } from '../ecr.ts'
import { running, service } from '../service/support.ts'
import { diff, linesOf } from './support.ts'

const image = `${ecr}/web:initial`

it('a diff shows that the tag that runs was pushed again to ECR, and nothing where it was not', async () => {
  const declared: Declared = {
    taskDefinition: {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: `${ecr}/web:<image_tag>`, memory: 64 }],
    },
    updateServices: [{ cluster: 'my_cluster', service: 'web' }],
  }
  const staged = stage(declared, { made: { clusters: ['my_cluster'] } })
  const before = push(staged, 'web', 'one', 'initial')
  staged.aws.provision(fixturesOf([read(declared, 'Web').definition]))
  expect(await diff(staged, declared)).toEqual({ differences: [], warnings: [] })
  const after = push(staged, 'web', 'two', 'initial')
  expect(linesOf(await diff(staged, declared), 300)).toEqual([
    'Service my_cluster/web',
    `  ~ containerDefinitions/web/image: ${image}@${before} → ${image}@${after}`,
  ])
})

it('a dry run of service update shows it, too', async () => {
  const staged = running([])
  const before = push(staged, 'web', 'one', 'initial')
  staged.aws.provision({
    services: [service('doorman', { containerDefinitions: [{ name: 'web', image, memory: 64 }] })],
  })
  const after = push(staged, 'web', 'two', 'initial')
  const { plan } = await staged.update({ image: [image] }, { dryRun: true })
  const found = plan!.stages.flatMap(({ steps }) => steps.flatMap(({ differences = [] }) => differences))
  expect(found.map(changeText)).toEqual([`~ containerDefinitions/web/image: ${image}@${before} → ${image}@${after}`])
})
