/** The log of a deploy that is refused before AWS is read. */
import { told } from './happenings.ts'

/** A definition with several faults, refused before anything was read. */
export const refusedDefinition = told(
  [0, { type: 'run.started', command: 'deploy', definitions: ['WebTask', 'WorkerTask'], tag: 'v1.2.3', local: false }],
  [
    0,
    {
      type: 'warning.raised',
      text: 'WebTask/updateServices/0/newMember is not a member of UpdateService that this version knows; it is sent as it is',
    },
  ],
  [
    0,
    {
      type: 'run.finished',
      outcome: 'refused',
      exitCode: 2,
      summary: 'The deploy did not start; nothing was changed.',
      milliseconds: 40,
      problem: {
        code: 'BadDefinition',
        what: 'WebTask cannot be deployed as it is.',
        fix: 'Mend what is listed below.',
        problems: [
          'WebTask/taskDefinition/containerDefinitions/0/imgae: is not a member of ContainerDefinition; did you mean image?',
          'WebTask/taskDefinition/family: is missing',
          'WebTask/eventTargets/0/Targets/0/RoleArn: is missing, and EventBridge cannot start a task without it',
        ],
      },
      left: [],
    },
  ],
)
