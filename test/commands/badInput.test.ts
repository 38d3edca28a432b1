import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ofClasses } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { type Ended, endAll, lines, project, webExample } from './support.ts'

const aws = serveAws()
let before: unknown

beforeAll(async () => {
  before = await aws().world()
})
afterAll(endAll)

/** The example of the README, as what its class declares. */
const container = { name: 'web', image: 'my_image:<image_tag>', cpu: 256, memory: 512 }
const web = {
  taskDefinition: { family: 'web', containerDefinitions: [container] },
  runTasks: [{ cluster: 'my_cluster' }],
  updateServices: [{ cluster: 'my_cluster', service: 'web' }],
  eventTargets: [
    {
      Rule: 'nightly',
      Targets: [
        {
          Id: 'web',
          Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
          RoleArn: 'arn:aws:iam::123456789012:role/ecsEventsRole',
          EcsParameters: {},
        },
      ],
    },
  ],
}

const began = 'Deploying v1: WebTask (local AWS at 127.0.0.1:4570, us-east-1)'
const definitionRefused = '✗ The definition cannot be deployed as it is.'
const notThere = [began, '✗ Some deployment targets do not exist.']
const nothingChanged = '✗ The deploy did not start; nothing was changed.'
/** How that ends, after all that is not there. */
const checkNames = [expect.stringMatching(/^ {2}→ Check the names/), nothingChanged]

const inputs: [string, { declared?: object; tag?: string }, unknown[]][] = [
  [
    'no family',
    { declared: { ...web, taskDefinition: { containerDefinitions: [container] } } },
    [definitionRefused, '  WebTask/taskDefinition/family: is missing'],
  ],
  [
    'no containers',
    { declared: { ...web, taskDefinition: { family: 'web', containerDefinitions: [] } } },
    [definitionRefused, '  WebTask/taskDefinition/containerDefinitions: is empty'],
  ],
  [
    'a tag with a character that no image tag has',
    { tag: 'feature/one' },
    [
      'Deploying feature/one: WebTask (local AWS at 127.0.0.1:4570, us-east-1)',
      '✗ The image tag "feature/one" is not valid.',
      '  Character 8 is "/"; a tag has letters, digits, _, . and - only.',
      '  → Give the tag alone, without the name of the image, as in v1.2.3.',
      nothingChanged,
    ],
  ],
  [
    'an unknown service',
    { declared: { ...web, updateServices: [{ cluster: 'my_cluster', service: 'wbe' }] } },
    [...notThere, '  WebTask/updateServices/0/service: there is no service wbe in cluster my_cluster.', ...checkNames],
  ],
  [
    'an unknown cluster, named twice',
    {
      declared: {
        ...web,
        runTasks: [{ cluster: 'your_cluster' }],
        updateServices: [{ cluster: 'your_cluster', service: 'web' }],
      },
    },
    [
      ...notThere,
      '  WebTask/runTasks/0/cluster: there is no cluster your_cluster.',
      '  WebTask/updateServices/0/cluster: there is no cluster your_cluster.',
      ...checkNames,
    ],
  ],
  [
    'a rule that does not exist',
    { declared: { ...web, eventTargets: [{ ...web.eventTargets[0], Rule: 'weekly' }] } },
    [...notThere, '  WebTask/eventTargets/0/Rule: there is no rule weekly on the event bus default.', ...checkNames],
  ],
  [
    'a class without anything',
    { declared: {} },
    [definitionRefused, expect.stringContaining('WebTask/taskDefinition: is missing; declare one')],
  ],
]

/** What the file, or the environment of its process, is about. */
const inputsOfProcesses: [string, { change?: [string, string][]; without?: string[] }, unknown[]][] = [
  [
    'a misspelt member of the class and one of AWS’s',
    {
      change: [
        ['image:', 'imgae:'],
        ['runTasks:', 'runTask:'],
      ],
    },
    [
      definitionRefused,
      '  WebTask/runTask: is not a member; did you mean runTasks?',
      '  WebTask/taskDefinition/containerDefinitions/0/imgae: is not a member of ContainerDefinition; did you mean image?',
    ],
  ],
  [
    'no credentials',
    { without: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] },
    [
      began,
      '✗ No AWS credentials found.',
      expect.stringMatching(/^ {2}\S/),
      expect.stringMatching(/^ {2}→ Set AWS_PROFILE or AWS_ACCESS_KEY_ID/),
      nothingChanged,
    ],
  ],
  [
    'no region',
    { without: ['AWS_REGION', 'AWS_DEFAULT_REGION'] },
    [
      'Deploying v1: WebTask (local AWS at 127.0.0.1:4570)',
      '✗ No AWS region given.',
      expect.stringMatching(/^ {2}Neither --region/),
      expect.stringMatching(/^ {2}→ Pass --region/),
      nothingChanged,
    ],
  ],
]

describe.concurrent('a missing resource or a bad definition ends 2, says so in full and writes nothing', () => {
  test.each(inputs)('%s', async (_title, { declared = web, tag = 'v1' }, expected) => {
    await refused(await ofClasses({ WebTask: declared })(['deploy', tag], aws().env), expected)
  })

  test.each(inputsOfProcesses)('%s', async (_title, { change = [], without = [] }, expected) => {
    const file = change.reduce((text, [from, to]) => text.replaceAll(from, to), webExample)
    expect(change.filter(([from]) => !webExample.includes(from))).toEqual([])
    const env = Object.fromEntries(Object.entries(aws().env).filter(([name]) => !without.includes(name)))
    await refused(await project({ 'web.ts': file }).run(['web.ts', 'deploy', 'v1'], env), expected)
  })
})

async function refused({ exitCode, stdout, stderr }: Ended, expected: unknown[]): Promise<void> {
  expect([exitCode, stdout]).toEqual([2, ''])
  const said = lines(stderr.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:4570'))
  // The account is told when it is known, and a refusal does not wait for it.
  expect(said.filter((line) => line !== 'Using account 123456789012')).toEqual(expected)
  expect(await aws().world()).toEqual(before)
}
