// The keys of auto scaling.
import { schedule, timezone } from '../forms.ts'
import { keysOf, type Keys, listOf, text, whole } from '../shape.ts'

const most = 5000

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html */
export const scheduledKeys = {
  schedule: {
    shape: text(schedule),
    says: 'When: cron(MINUTE HOUR DAY MONTH WEEKDAY YEAR), rate(VALUE UNIT) or at(DATE), such as cron(0 7 * * ? *).',
    isNeeded: true,
  },
  timezone: { shape: text(timezone), says: 'The time zone of cron and at, such as Europe/Berlin.', default: 'UTC' },
  min: { shape: whole(0, most), says: 'The fewest tasks from then on.' },
  max: { shape: whole(0, most), says: 'The most tasks from then on.' },
} as const satisfies Keys

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html */
export const autoScalingKeys = {
  min: { shape: whole(0, most), says: 'The fewest tasks.', isNeeded: true },
  max: { shape: whole(0, most), says: 'The most tasks.', isNeeded: true },
  cpu: { shape: whole(1, 100, 'percent'), says: 'The average CPU of the service to keep, in percent.' },
  memory: { shape: whole(1, 100, 'percent'), says: 'The average memory of the service to keep, in percent.' },
  requests_per_target: {
    shape: whole(1),
    says: 'The requests per minute and task to keep; needs elb.',
  },
  scale_in_cooldown: {
    shape: whole(0, undefined, 'seconds'),
    says: 'Seconds after scaling in until it scales in again; not for scheduled.',
    default: 300,
  },
  scale_out_cooldown: {
    shape: whole(0, undefined, 'seconds'),
    says: 'Seconds after scaling out until it scales out again; not for scheduled.',
    default: 300,
  },
  scheduled: {
    shape: listOf(keysOf('a scheduled action', scheduledKeys)),
    says: 'Another min, max or both from a moment on.',
  },
} as const satisfies Keys
