// Reads a running service as a stack file that would deploy exactly that.
import { openAws } from '../../aws/aws.ts'
import { diffCluster } from '../../cluster/deployCluster.ts'
import { describeServiceAsStack } from '../../cluster/describeCluster.ts'
import { changing } from '../../engine/plan.ts'
import { type Settings, withDefaults } from '../../engine/settings.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { type ServiceName, deployable } from './fromService.ts'
import { type ImportedStack, stackFileText } from './stackFileText.ts'

/**
 * Reads only. Throws `NotFound` where there is no such service, and `BadArguments` where a stack file can't say all of it, so that
 * a deploy would change what runs: each change is a problem.
 */
export async function importServiceAsStack(name: ServiceName, settings: Settings): Promise<ImportedStack> {
  const aws = openAws(withDefaults(settings))
  const { serviceName: service = '' } = await deployable(aws, name)
  const stack = await describeServiceAsStack({ cluster: name.cluster, service }, settings)
  const written = stackFileText(service, stack, [
    `The service ${service} of the cluster ${name.cluster}, and what it depends on. Written by ecs-task init --from-service.`,
  ])
  const files = [{ name: `${service}.yml`, text: written.text }]
  const plan = await diffCluster({ cluster: name.cluster, files, env: Object.fromEntries(written.variables) }, settings)
  const steps = changing(plan.stages)
  if (steps.length === 0) return written
  throw new EcsTaskError('BadArguments', `A stack file can't say all of what ${name.cluster}/${service} runs.`, {
    why: 'A deploy of the file would change it.',
    problems: steps.flatMap(({ title, changes = [] }) =>
      changes.length === 0 ? title : changes.map((one) => `${title}: ${one}`),
    ),
    fix: `Write a class instead, without --stack.`,
  })
}
