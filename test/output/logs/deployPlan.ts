/** The plan that most logs follow. */
import type { Plan } from '../../../src/engine/plan.ts'
import { Reference, type Step } from '../../../src/engine/step.ts'

const account = 'arn:aws:ecs:eu-west-1:123456789012'
const revision = new Reference('registerTaskDefinition web', 'the new revision of web')

export const registering: Step = {
  kind: 'registerTaskDefinition',
  id: 'registerTaskDefinition web',
  subject: { type: 'family', family: 'web' },
  title: 'Register a new revision of web',
  call: {
    method: 'registerTaskDefinition',
    input: {
      family: 'web',
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: 'web', image: 'my_image:v1.2.3', environment: [{ name: 'DB_PASSWORD', value: '•••' }] },
        { name: 'proxy', image: 'nginx:1.29' },
      ],
    },
  },
  undo: [
    {
      kind: 'deregisterTaskDefinition',
      id: 'deregisterTaskDefinition registerTaskDefinition web',
      subject: { type: 'revision', revision: 'the new revision of web' },
      title: 'Deregister the new revision of web',
      call: { method: 'deregisterTaskDefinition', input: { taskDefinition: revision } },
    },
  ],
}

export const migrating: Step = {
  kind: 'runTask',
  id: 'runTask WebTask/0',
  subject: { type: 'task', cluster: 'my_cluster', family: 'web' },
  title: 'Run `./manage.py migrate` of web in my_cluster',
  call: {
    method: 'runTask',
    input: {
      cluster: 'my_cluster',
      overrides: { containerOverrides: [{ name: 'web', command: ['./manage.py', 'migrate'] }] },
      taskDefinition: revision,
    },
  },
  follow: 'tasks',
}

export const updating: Step = {
  kind: 'updateService',
  id: 'updateService my_cluster/web',
  subject: { type: 'service', cluster: 'my_cluster', service: 'web' },
  title: 'Update service web in my_cluster',
  call: { method: 'updateService', input: { cluster: 'my_cluster', service: 'web', taskDefinition: revision } },
  follow: 'deployment',
  undo: [
    {
      kind: 'restoreService',
      id: 'restore updateService my_cluster/web',
      subject: { type: 'service', cluster: 'my_cluster', service: 'web' },
      title: 'Put service web back to web:7',
      call: {
        method: 'updateService',
        input: { cluster: 'my_cluster', service: 'web', taskDefinition: `${account}:task-definition/web:7` },
      },
    },
  ],
}

const setting: Step = {
  kind: 'putTargets',
  id: 'putTargets default/nightly web',
  subject: { type: 'rule', bus: 'default', rule: 'nightly', targets: ['web'] },
  title: 'Set the targets of rule nightly: web',
  call: {
    method: 'putTargets',
    input: {
      Rule: 'nightly',
      Targets: [
        {
          Id: 'web',
          Arn: `${account}:cluster/my_cluster`,
          RoleArn: 'arn:aws:iam::123456789012:role/events',
          Input: '{"containerOverrides":[{"name":"web","command":["./manage.py","nightly"]}]}',
          EcsParameters: { TaskDefinitionArn: revision, LaunchType: 'FARGATE' },
        },
      ],
    },
  },
}

const pruning: Step = {
  kind: 'deregisterTaskDefinition',
  id: 'deregisterTaskDefinition web:1',
  subject: { type: 'revision', revision: 'web:1' },
  title: 'Deregister web:1',
  call: { method: 'deregisterTaskDefinition', input: { taskDefinition: `${account}:task-definition/web:1` } },
}

/** The plan of a deploy in which there is one thing of each kind to do. */
export const deployPlan: Plan = {
  command: 'deploy',
  title: 'Deploy v1.2.3 of WebTask',
  done: 'Deployed v1.2.3 of WebTask',
  stages: [
    { title: 'Register', steps: [registering], together: false, onFailure: 'undo' },
    { title: 'Run the one-off tasks', steps: [migrating], together: false, onFailure: 'undo' },
    { title: 'Update the services', steps: [updating], together: true, onFailure: 'undo' },
    { title: 'Set the event targets', steps: [setting], together: false, onFailure: 'undo' },
    { title: 'Prune old revisions', steps: [pruning], together: false, onFailure: 'warn' },
  ],
  warnings: [],
}
