/** Keys of a service as a file has them. */
export type Keys = Readonly<Record<string, unknown>>

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate'
const role = 'arn:aws:iam::123456789012:role/execution'

export const certificates = [`${certificate}/one`, `${certificate}/two`, `${certificate}/three`] as const

const vpc = {
  id: 'vpc-1',
  subnets: { public: ['subnet-1', 'subnet-2'], private: ['subnet-3', 'subnet-4'] },
  security_groups: { public: ['sg-1'], private: ['sg-2'] },
}

/** A file with these services; JSON is YAML too. */
export function fileOf(services: Readonly<Record<string, Keys>>, more: Keys = {}): string {
  return JSON.stringify({
    vpc,
    service_discovery: { namespace: 'example.sd' },
    ...more,
    services: Object.entries(services).map(([name, keys]) => ({ [name]: keys })),
  })
}

/** A service behind a public load balancer with HTTPS, two certificates and a record. */
export const edge = {
  image: 'edge:v1',
  memory: 256,
  ports: ['8080'],
  environment: { LEVEL: 'info' },
  elb: {
    type: 'public',
    protocol: 'HTTPS',
    ports: { public: 443, container: 8080 },
    certificates: certificates.slice(0, 2),
    dns: { hosted_zone_id: 'Z1', record_name: 'www.example.com' },
  },
} as const

/** A service that others find by its name. */
export const user = { image: 'user:v1', memory: 256, ports: [80], dns_discovery: { name: 'user' } } as const

/** A service on Fargate with two containers and a secret, behind a private load balancer. */
export const report = {
  image: 'report:v1',
  launch_type: 'FARGATE',
  cpu: 256,
  memory: 512,
  ports: [80],
  task_execution_role_arn: role,
  secrets: { DATABASE_URL: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:database-a1b2c3' },
  elb: { type: 'private', ports: { container: 80 } },
  containers: [{ proxy: { image: 'proxy:v1', essential: false } }],
} as const

/** A task on Fargate that EventBridge Scheduler starts. */
export const nightly = {
  type: 'task',
  image: 'nightly:v1',
  launch_type: 'FARGATE',
  cpu: 256,
  memory: 512,
  desired_count: 2,
  task_execution_role_arn: role,
  schedule: 'cron(0 6 * * ? *)',
  schedule_timezone: 'Europe/Berlin',
  schedule_role_arn: 'arn:aws:iam::123456789012:role/scheduler',
} as const

/** A service behind a load balancer that scales by everything that there is. */
export const scaled = {
  ...edge,
  auto_scaling: {
    min: 2,
    max: 20,
    cpu: 60,
    memory: 70,
    requests_per_target: 1000,
    scheduled: [
      { schedule: 'cron(0 7 * * ? *)', timezone: 'Europe/Berlin', min: 5, max: 20 },
      { schedule: 'cron(0 20 * * ? *)', timezone: 'Europe/Berlin', min: 2 },
    ],
  },
} as const

/** A task that is run once. */
export const migrate = { image: 'migrate:v1', memory: 256, type: 'task' } as const

/** What leads to `edge`, with these keys changed. */
export function behind(keys: Keys): Readonly<Record<string, Keys>> {
  return { ...everything, edge: { ...everything.edge, elb: { ...edge.elb, ...keys } } }
}

/** Every kind of resource, and every kind of dependency. */
export const everything = {
  migrate,
  user: { ...user, depends_on: ['migrate'] },
  edge: { ...edge, depends_on: ['user'] },
  report,
} as const
