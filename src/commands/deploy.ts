import { Command, Option } from 'clipanion'
import { PerformCommand } from '../performCommand.ts'

export class DeployCommand extends PerformCommand {
  static override paths = [['deploy']]
  static override usage = Command.Usage({
    description: 'Deploy an image tag',
    details: `
      Registers a new revision with the tag, runs the one-off tasks and waits for them, updates the services and follows
      each until its deployment has completed, sets the event targets, and deregisters old revisions. When one of these
      fails, everything is put back.
    `,
    examples: [
      ['Deploy a tag', '$0 deploy v1.2.3'],
      ['See what that would do', '$0 deploy v1.2.3 --dry-run'],
      ['Try it without an AWS account', '$0 deploy v1.2.3 --local'],
      ['Rehearse a failed rollout', '$0 deploy crash --local'],
    ],
  })

  tag = Option.String({ name: 'TAG' })

  protected override task(): { command: 'deploy'; tag: string } {
    return { command: 'deploy', tag: this.tag }
  }
}
