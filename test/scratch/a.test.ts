import { test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { plain } from '../../src/output/listeners/plain.ts'
import { stage } from '../instances/support.ts'
import { stage as dstage } from '../deploy/support.ts'
import { serviceOf } from '../commands/inProcess.ts'
import { emptyPicture, reduce } from '../../src/output/picture.ts'
import { frame } from '../../src/output/frame.ts'
import { printed } from '../../src/output/line.ts'

test('x', async () => {
  const s = await stage({ instances: 3, max: 5 })
  s.renew()
  const r = await s.refresh({ batch: '2' })
  let out = ''
  const l = plain((x) => (out += x + '\n'), { color: false })
  let p = emptyPicture
  let n = 0
  for (const e of r.events) {
    l.hear(e)
    p = reduce(p, e)
    if (e.type === 'instance.progressed' && n++ % 9 === 0)
      out +=
        '-----\n' +
        frame(p, { now: Date.parse(e.at), live: { turn: 1, rows: 22 }, columns: 60 } as any)
          .map((x) => printed(x, { color: false, columns: 59 }))
          .join('\n') +
        '\n-----\n'
  }
  const d = dstage([
    serviceOf('web', {
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': 'web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
      },
    }),
    serviceOf('api'),
  ])
  await d.deploy('v1')
  for (const tag of ['v2', 'crash']) {
    const f = await d.deploy(tag)
    out += '\n\n'
    const k = plain((x) => (out += x + '\n'), { color: false })
    for (const e of f.events) k.hear(e)
  }
  writeFileSync('/tmp/tt/a.txt', out)
}, 60000)
