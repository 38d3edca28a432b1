import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningLocalAws, runLocalAws } from './runningLocalAws.ts'
import { endAll, lines, project, webExample } from './support.ts'

let aws: RunningLocalAws
let before: unknown

beforeAll(async () => {
  aws = await runLocalAws([])
  before = await aws.world()
})
afterAll(endAll)

/** The example with one thing changed. */
function withChange(from: string, to: string): string {
  expect(webExample).toContain(from)
  return webExample.replaceAll(from, to)
}

const began = 'Deploying v1: WebTask (us-east-1)'
const definitionRefused = '✗ The definition cannot be deployed as it is.'
const notThere = [began, '✗ Not everything that is to be deployed to is there.']
const nothingChanged = '✗ The deploy did not begin; nothing was changed.'
/** How that ends, after all that is not there. */
const checkNames = [expect.stringMatching(/^ {2}→ Check the names/), nothingChanged]

const inputs: [string, { file?: string; tag?: string; without?: string[] }, unknown[]][] = [
  [
    'no family',
    { file: withChange("family: 'web',", '') },
    [definitionRefused, '  WebTask/taskDefinition/family: is missing'],
  ],
  [
    'no containers',
    { file: webExample.replace(/containerDefinitions: \[.*?\n {4}\],/s, 'containerDefinitions: [],') },
    [definitionRefused, '  WebTask/taskDefinition/containerDefinitions: is empty'],
  ],
  [
    'a misspelt member of the class and one of AWS’s',
    { file: withChange('image:', 'imgae:').replace('runTasks:', 'runTask:') },
    [
      definitionRefused,
      '  WebTask/runTask: is not a member; did you mean runTasks?',
      '  WebTask/taskDefinition/containerDefinitions/0/imgae: is not a member of ContainerDefinition; did you mean image?',
    ],
  ],
  [
    'a tag with a character that no image tag has',
    { tag: 'feature/one' },
    [
      'Deploying feature/one: WebTask (us-east-1)',
      '✗ The image tag "feature/one" is not one that an image can have.',
      '  Character 8 is "/"; a tag has letters, digits, _, . and - only.',
      '  → Give the tag alone, without the name of the image, as in v1.2.3.',
      nothingChanged,
    ],
  ],
  [
    'an unknown service',
    { file: withChange("service: 'web'", "service: 'wbe'") },
    [...notThere, '  WebTask/updateServices/0/service: there is no service wbe in cluster my_cluster.', ...checkNames],
  ],
  [
    'an unknown cluster, named twice',
    { file: withChange("cluster: 'my_cluster'", "cluster: 'your_cluster'") },
    [
      ...notThere,
      '  WebTask/runTasks/0/cluster: there is no cluster your_cluster.',
      '  WebTask/updateServices/0/cluster: there is no cluster your_cluster.',
      ...checkNames,
    ],
  ],
  [
    'a rule that does not exist',
    { file: withChange('nightly', 'weekly') },
    [...notThere, '  WebTask/eventTargets/0/Rule: there is no rule weekly on the event bus default.', ...checkNames],
  ],
  [
    'no credentials',
    { without: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] },
    [
      began,
      '✗ There are no AWS credentials.',
      expect.stringMatching(/^ {2}\S/),
      expect.stringMatching(/^ {2}→ Set AWS_PROFILE or AWS_ACCESS_KEY_ID/),
      nothingChanged,
    ],
  ],
  [
    'no region',
    { without: ['AWS_REGION', 'AWS_DEFAULT_REGION'] },
    [
      'Deploying v1: WebTask',
      '✗ There is no AWS region.',
      expect.stringMatching(/^ {2}Neither --region/),
      expect.stringMatching(/^ {2}→ Add --region/),
      nothingChanged,
    ],
  ],
]

describe.concurrent('what AWS or the definition does not have ends 2, says so in full and writes nothing', () => {
  test.each(inputs)('%s', async (_title, { file = webExample, tag = 'v1', without = [] }, expected) => {
    const { run } = project({ 'web.ts': file })
    const settings = Object.fromEntries(Object.entries(aws.env).filter(([name]) => !without.includes(name)))
    const { exitCode, stdout, stderr } = await run(['web.ts', 'deploy', tag], settings)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(lines(stderr)).toEqual(expected)
    expect(await aws.world()).toEqual(before)
  })

  test('a class without anything', async () => {
    const { run } = project({
      'web.ts': "import { EcsTask } from 'ecs-task'\nclass WebTask extends EcsTask {}\nawait new WebTask().main()",
    })
    const { exitCode, stdout, stderr } = await run(['web.ts', 'deploy', 'v1'], aws.env)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(lines(stderr)).toEqual([
      definitionRefused,
      expect.stringContaining('WebTask/taskDefinition: is missing; declare one'),
    ])
    expect(await aws.world()).toEqual(before)
  })
})
