// `ecs-task service destroy` deletes one service with all that was made for it.
import { Command, Option } from 'clipanion'
import { DestroyCommand } from './program/destroyCommand.ts'
import { parsed } from './options/composedOption.ts'
import { onlyOne } from './options/optionValues.ts'

export class ServiceDestroyCommand extends DestroyCommand {
  static override paths = [['service', 'destroy']]
  static override usage = Command.Usage({
    description: 'Delete a service and everything created for it',
    details: `
      Deletes one service or one-off task of a cluster with everything that \`cluster deploy\` created for it.
    `,
    examples: [
      ['Preview what would be deleted', '$0 service destroy my-cluster -s user-service --dry-run'],
      ['Delete without confirmation', '$0 service destroy my-cluster -s user-service --yes'],
    ],
  })

  service = parsed(
    Option.Array('-s,--service', { description: 'Its name in the stack', required: true }),
    onlyOne('--service'),
  )

  override execute(): Promise<number> {
    return this.destroy({ cluster: this.cluster, service: this.service })
  }
}
