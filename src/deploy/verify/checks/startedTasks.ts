/** What targets and schedules would start at their time: whether ECS could run it. */
import { type Check, type Found, error } from '../finding.ts'
import { type Starter, startersOf } from '../starters.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const mostTasks = 10

export const startedTasks: Check = {
  name: 'startedTasks',
  needs: ['listTargetsByRule', 'getSchedule'],
  async of(world, reads) {
    const starters = await startersOf(world, reads)
    return starters.flatMap((starter) => [...networkOf(starter), ...launchTypeOf(starter), ...countOf(starter)])
  },
}

function networkOf({ subject, name, isWhole, at, parameters }: Starter): Found[] {
  if (subject.taskDefinition.networkMode !== 'awsvpc' || !isWhole) return []
  if (parameters.NetworkConfiguration?.awsvpcConfiguration?.Subnets?.length) return []
  const fix = "Declare NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-…'] } }."
  return [
    error(
      at('EcsParameters/NetworkConfiguration'),
      `${capital(name)} has no network, and its tasks need one (awsvpc).`,
      fix,
    ),
  ]
}

function launchTypeOf({ subject, name, at, parameters }: Starter): Found[] {
  const { requiresCompatibilities: compatible = [] } = subject.taskDefinition
  const { LaunchType } = parameters
  if (LaunchType === undefined || compatible.length === 0 || compatible.includes(LaunchType)) return []
  const what = `${capital(name)} starts its tasks on ${LaunchType}, and the task definition is for ${compatible.join(', ')}.`
  return [
    error(
      at('EcsParameters/LaunchType'),
      what,
      `Declare ${compatible[0]}, or add ${LaunchType} to requiresCompatibilities.`,
    ),
  ]
}

function countOf({ name, at, parameters: { TaskCount = 1 } }: Starter): Found[] {
  if (TaskCount <= mostTasks) return []
  const what = `${capital(name)} starts ${TaskCount} tasks at once, and ECS takes ${mostTasks}.`
  return [error(at('EcsParameters/TaskCount'), what, `Declare at most ${mostTasks}.`)]
}

const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`
