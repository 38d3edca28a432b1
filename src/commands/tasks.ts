// The command `tasks` shows tasks, running and stopped.
import { Command } from 'clipanion'
import { readTaskList } from '../deploy/look/taskList.ts'
import { tasksText } from '../output/look/tasksText.ts'
import { filesOption } from './files/classCommand.ts'
import { LookCommand } from './look/lookCommand.ts'
import { printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'

export class TasksCommand extends LookCommand {
  static override paths = [['tasks']]
  static override usage = Command.Usage({
    description: 'Show running and stopped tasks, and why they stopped',
    details: `
      Shows the tasks of services, and one-off tasks: revision with image tags, status, health, address and instance, and of
      a stopped task ECS's reason with the exit codes. ECS shows a stopped task for about an hour. Reads only.
    `,
    examples: [
      ['Show the tasks of a class', '$0 tasks'],
      ['Show every task of a cluster', '$0 tasks --cluster prod'],
    ],
  })

  files = filesOption()

  protected override async perform(): Promise<number> {
    const asked = this.asked()
    const { list, taskDefinitions } = await readInSession(this, this.fixtures(asked), ({ aws, clock }) =>
      readTaskList(aws, asked, clock.now),
    )
    const found = taskDefinitions.map((taskDefinition) => ({ taskDefinition }))
    printResult(this, this.redactor(asked, found)(list), tasksText)
    return 0
  }
}
