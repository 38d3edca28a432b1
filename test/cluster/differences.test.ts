import { expect, it } from 'vitest'
import { diffCluster } from '../../src/cluster/deployCluster.ts'
import { changing } from '../../src/engine/plan.ts'
import { diffText } from '../../src/output/differencesText.ts'
import { planText } from '../../src/output/planText.ts'
import { clusterStage } from './support.ts'

const stack = (more: string): string => `services:\n  - worker:\n      image: worker:v1\n      memory: 64\n${more}`
const changed = stack(
  '      desired_count: 3\n      environment:\n        LEVEL: debug\n        API_TOKEN: battery-staple\n',
)
const lines = [
  'my-cluster/worker: compared with my-cluster-worker:1',
  '+ containerDefinitions/worker/environment/API_TOKEN/value: •••',
  '+ containerDefinitions/worker/environment/LEVEL/value: debug',
  'revision: my-cluster-worker:1 → the new revision of my-cluster-worker',
  'desired_count: 1 → 3',
]

/** A stack that runs, and what a deploy of the changed one would do. */
async function compared() {
  const stage = clusterStage()
  stage.given(stack(''))
  await stage.deploy([stack('')])
  const { clock, transport } = stage
  const files = [{ name: 'a.yml', text: changed }]
  return { stage, plan: await diffCluster({ cluster: 'my-cluster', files, env: {} }, { clock, transport }) }
}

it('a diff of a cluster and a dry run of its deploy say what changes in the same lines', async () => {
  const { stage, plan } = await compared()
  const page = { color: false, columns: 100 }
  const shown = (text: string): string[] => text.split('\n').map((line) => line.trim())
  expect(shown(diffText(plan, page))).toEqual([
    '~ Register a new revision of my-cluster-worker',
    ...lines.slice(0, 3),
    '~ Update service worker in my-cluster',
    ...lines.slice(3),
    '',
  ])
  const { result } = await stage.deploy([changed], {}, { dryRun: true })
  expect(shown(planText(result.plan!, page))).toEqual(expect.arrayContaining(lines))
  expect(JSON.stringify(result.plan)).not.toContain('battery-staple')
})

it('a plan of a cluster has what changes in revisions and services as data, with the names of AWS', async () => {
  const { plan } = await compared()
  const revision = {
    of: { type: 'family', family: 'my-cluster-worker' },
    revisions: ['my-cluster-worker:1'],
    runBy: ['my-cluster/worker'],
  }
  expect(changing(plan.stages).flatMap(({ differences = [] }) => differences)).toEqual([
    { ...revision, path: 'containerDefinitions/worker/environment/API_TOKEN/value', after: '•••', isSecret: true },
    { ...revision, path: 'containerDefinitions/worker/environment/LEVEL/value', after: 'debug' },
    { of: { type: 'service', cluster: 'my-cluster', service: 'worker' }, path: 'desiredCount', before: 1, after: 3 },
  ])
})
