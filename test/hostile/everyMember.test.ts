import { describe, expect, it } from 'vitest'
import type { Input, Output, Transport } from '../../src/aws/aws.ts'
import { read } from '../../src/definition/read.ts'
import { shapes } from '../../src/definition/shapes.ts'
import { registerRevision } from '../../src/local/ecs/taskDefinitions/taskDefinition.ts'
import { contextOf, localAws } from '../local/support.ts'
import { transportInProcess } from '../sdkInProcess.ts'
import { everyMember, structuresOfTaskDefinition } from './everyMember.ts'

/** The members that ECS adds to a revision. */
const added = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
]

type Registration = Input<'registerTaskDefinition'>

/** The input that registers a revision again, as AWS answers it. */
const inputOf = ({ taskDefinition, tags }: Pick<Output<'registerTaskDefinition'>, 'taskDefinition' | 'tags'>) =>
  ({ ...taskDefinition, tags }) as Registration

const registered = async (send: Transport, input: Registration): Promise<Registration> => {
  await send('registerTaskDefinition', input, undefined)
  const described = { taskDefinition: 'every', include: ['TAGS' as const] }
  const answer = inputOf(await send('describeTaskDefinition', described, undefined))
  return Object.fromEntries(Object.entries(answer).filter(([member]) => !added.includes(member))) as typeof answer
}

describe('a task definition with every member that AWS has', () => {
  it('really has every member', () => {
    const text = JSON.stringify(everyMember())
    const members = [...structuresOfTaskDefinition()].flatMap((name) => Object.keys(shapes[name]!))
    expect(members.length).toBeGreaterThan(150)
    expect(members.filter((member) => !text.includes(`"${member}":`))).toEqual([])
    expect(Object.keys(everyMember().containerDefinitions[0]!)).toEqual(Object.keys(shapes['ContainerDefinition']!))
  })

  it('is read as declared, without a warning', () => {
    const { definition, warnings } = read({ taskDefinition: everyMember() }, 'Every')
    expect(definition.taskDefinition).toEqual(everyMember())
    expect(warnings).toEqual([])
  })

  it('goes through the SDK into the local AWS and out again with nothing lost, and in and out once more', async () => {
    const aws = localAws()
    // Nobody has a task definition with all of this: it is registered as it comes, unchecked.
    const send = transportInProcess((request) => {
      if (!request.headers['x-amz-target']?.endsWith('.RegisterTaskDefinition')) return aws.handle(request)
      const { taskDefinition } = registerRevision(contextOf(aws), JSON.parse(request.body))
      return { status: 200, headers: {}, body: JSON.stringify({ taskDefinition }) }
    })
    const once = await registered(send, everyMember())
    expect(once).toMatchObject(everyMember())
    const again = await registered(send, once)
    expect(again).toEqual(once)
    expect(aws.region.taskDefinitions['every']).toHaveLength(2)
  })
})

describe('members that AWS has learned since this version was made', () => {
  const structures = [...structuresOfTaskDefinition()].toSorted()
  const namesIn = (text: string): string[] =>
    [...new Set([...text.matchAll(/"addedNextYear":\{"to":\["(\w+)"/g)].map(([, name]) => name!))].toSorted()

  it('are kept in every structure of a task definition, with a warning', () => {
    const taskDefinition = everyMember({ unknown: true })
    expect(namesIn(JSON.stringify(taskDefinition))).toEqual(structures)
    const { definition, warnings } = read({ taskDefinition }, 'Every')
    expect(definition.taskDefinition).toEqual(taskDefinition)
    expect(warnings.length).toBeGreaterThanOrEqual(structures.length)
  })

  it('are sent by the SDK, and come back, in every structure', async () => {
    const bodies: string[] = []
    const send = transportInProcess(({ body }) => {
      bodies.push(body)
      const { tags, ...taskDefinition } = JSON.parse(body)
      const answer = { taskDefinition: { taskDefinitionArn: 'every:1', ...taskDefinition }, tags }
      return { status: 200, headers: {}, body: JSON.stringify(answer) }
    })
    const sent = everyMember({ unknown: true })
    const { taskDefinitionArn, ...answer } = inputOf(
      await send('registerTaskDefinition', sent, undefined),
    ) as Registration & {
      taskDefinitionArn: string
    }
    expect(taskDefinitionArn).toBe('every:1')
    expect(JSON.parse(bodies[0]!)).toEqual(sent)
    // A null in an answer is an absent member to the SDK; inside what it does not know it is kept.
    expect(answer).toEqual(sent)
    await send('registerTaskDefinition', answer, undefined)
    expect(JSON.parse(bodies[1]!)).toEqual(sent)
  })

  it('are refused by the local AWS by name, as typing errors', async () => {
    const aws = localAws()
    const send = transportInProcess(aws.handle)
    await expect(send('registerTaskDefinition', everyMember({ unknown: true }), undefined)).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining("Unknown member 'addedNextYear' in containerDefinitions[0]"),
    })
    expect(aws.region.taskDefinitions).toEqual({})
  })
})
