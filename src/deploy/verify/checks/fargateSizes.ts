/** Tasks on Fargate: whether the task definition has a size that it offers, and its network mode. */
import { cpuUnits, fargateSizeProblem, memoryMiB } from '../../../definition/taskSize.ts'
import { isFargate } from '../effective.ts'
import { type Check, type Found, error } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** A task definition that says FARGATE itself was checked when it was read; a running service or a run may ask for it as well. */
export const fargateSizes: Check = {
  name: 'fargateSizes',
  needs: [],
  offline: true,
  of: (world) => world.subjects.filter((subject) => isFargate(world, subject)).flatMap(problemsOf),
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size */
function problemsOf({ taskDefinition, where }: Subject): Found[] {
  const { cpu, memory, networkMode } = taskDefinition
  const found: Found[] = []
  if (networkMode !== 'awsvpc') {
    const what = `The network mode on Fargate is awsvpc, not ${networkMode ?? 'bridge'}.`
    found.push(error(where('taskDefinition/networkMode'), what, "Declare networkMode: 'awsvpc'."))
  }
  if (cpu === undefined || memory === undefined) {
    const what = 'Fargate needs the cpu and memory of the task.'
    return [...found, error(where('taskDefinition'), what, "Declare them, as in cpu: '256' and memory: '512'.")]
  }
  const sizes = { cpu: cpuUnits(cpu), memory: memoryMiB(memory) }
  if (sizes.cpu === undefined || sizes.memory === undefined) return found
  const problem = fargateSizeProblem({ cpu: sizes.cpu, memory: sizes.memory }, { cpu, memory })
  if (!problem) return found
  const sentence = `${problem.sentence[0]?.toUpperCase()}${problem.sentence.slice(1)}.`
  return [...found, error(where(`taskDefinition/${problem.member}`), sentence, 'Choose one of these sizes.')]
}
