/** Images that are not in ECR: whether their registry has them, for the platform that the tasks run on. */
import { ecrImageOf } from '../../../definition/image.ts'
import { isFargate } from '../effective.ts'
import { type Check, error, unknown } from '../finding.ts'
import { platformOf, platformProblem } from '../platform.ts'
import { containersOf } from '../subject.ts'

export const registries: Check = {
  name: 'registries',
  needs: [],
  notLocal: true,
  async of(world, reads) {
    const asked = world.subjects.flatMap((subject) => {
      const platform = platformOf(subject.taskDefinition, isFargate(world, subject))
      return containersOf(subject).flatMap(({ path, container: { image = '', repositoryCredentials } }) =>
        ecrImageOf(image)
          ? []
          : [
              {
                where: subject.where(`${path}/image`),
                image,
                platform,
                isPrivate: repositoryCredentials !== undefined,
              },
            ],
      )
    })
    const found = await Promise.all(
      asked.map(async ({ where, image, platform, isPrivate }) => {
        const answer = await reads.image(image)
        if (answer.state === 'unread') {
          const instead = isPrivate ? '; ECS pulls it with repositoryCredentials' : ''
          return unknown(where, image, `${answer.why}${instead}`)
        }
        if (answer.state === 'absent') {
          return error(where, `The registry has no image ${image}.`, 'Push it first, or deploy another tag.')
        }
        const problem = platformProblem(image, answer.value, platform)
        return problem ? error(where, problem.what, problem.fix) : []
      }),
    )
    return found.flat()
  },
}
