/** The plan that most logs follow. */
import type { Plan } from '../../../src/engine/plan.ts'
import { Reference, type Step } from '../../../src/engine/step.ts'

const account = 'arn:aws:ecs:eu-west-1:123456789012'
const revision = new Reference('registerTaskDefinition web', 'the new revision of web')

export const registering: Step = {
  id: 'registerTaskDefinition web',
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
      id: 'deregisterTaskDefinition registerTaskDefinition web',
      title: 'Deregister the new revision of web',
      call: { method: 'deregisterTaskDefinition', input: { taskDefinition: revision } },
    },
  ],
}

export const migrating: Step = {
  id: 'runTask WebTask/0',
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
  id: 'updateService my_cluster/web',
  title: 'Update service web in my_cluster',
  call: { method: 'updateService', input: { cluster: 'my_cluster', service: 'web', taskDefinition: revision } },
  follow: 'deployment',
  undo: [
    {
      id: 'restore updateService my_cluster/web',
      title: 'Put service web back to web:7',
      call: {
        method: 'updateService',
        input: { cluster: 'my_cluster', service: 'web', taskDefinition: `${account}:task-definition/web:7` },
      },
    },
  ],
}

const setting: Step = {
  id: 'putTargets default/nightly web',
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
  id: 'deregisterTaskDefinition web:1',
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
