import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ecsTask, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { type Ended, endAll, lines, project } from './support.ts'

afterAll(endAll)

const aws = serveAws({ services: ['web'] })

/** Runs `diff` of a class whose container has these members; the service runs `my_image:initial`. */
const diff = (words: readonly string[], more: object = {}, env: Record<string, string> = {}): Promise<Ended> =>
  ofClasses({ Web: serviceOf('web', more) })(['diff', ...words], { ...aws().env, ...env })

describe.concurrent('diff', () => {
  test('shows what a deploy of the tag would change, and ends 0', async () => {
    const { exitCode, stdout } = await diff(['v2'])
    expect([exitCode, lines(stdout)]).toEqual([
      0,
      [
        'my_cluster/web: task definition web, compared with web:1',
        '  ~ containerDefinitions/web/image: my_image:initial → my_image:v2',
      ],
    ])
  })

  test('says where nothing differs, in JSON with an empty list', async () => {
    const [text, data] = await Promise.all([
      diff(['initial', '--exit-code']),
      diff(['initial', '--json', '--exit-code']),
    ])
    expect([text.exitCode, text.stdout]).toEqual([
      0,
      '! my_cluster/web is compared by name: my_image:initial may be another image by now (its registry cannot be asked).\nNo changes.\n',
    ])
    expect([data.exitCode, JSON.parse(data.stdout)]).toEqual([0, []])
  })

  test('ends 6 with --exit-code where something differs, and 2 where it could not look', async () => {
    const missing = ofClasses({ Missing: serviceOf('missing') })(['diff', 'v2', '--exit-code'], aws().env)
    const ended = await Promise.all([
      diff(['v2', '--exit-code']),
      missing,
      diff(['--exit-code']),
      diff(['not a tag', '--exit-code']),
    ])
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([6, 2, 2, 2])
    expect(ended[1].stderr).toContain('there is no service missing in cluster my_cluster.')
  })

  test('as JSON has every difference with its path and values, and hides secrets', async () => {
    const { exitCode, stdout } = await diff(['v2', '--json'], {
      environment: [{ name: 'API_TOKEN', value: 'battery-staple' }],
    })
    const of = { of: { type: 'family', family: 'web' }, revisions: ['web:1'], runBy: ['my_cluster/web'] }
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual([
      { ...of, path: 'containerDefinitions/web/image', before: 'my_image:initial', after: 'my_image:v2' },
      { ...of, path: 'containerDefinitions/web/environment/API_TOKEN/value', after: '•••', isSecret: true },
    ])
  })

  test('colors what is new and what is gone where colors are wanted', async () => {
    const more = { environment: [{ name: 'A', value: '1' }], user: 'app' }
    const [plain, colored] = await Promise.all(
      ['NO_COLOR', 'FORCE_COLOR'].map((name) => diff(['v2'], more, { [name]: '1' })),
    )
    expect(plain!.stdout).not.toContain('\u001b')
    expect(colored!.stdout).toContain('\u001b[32m+ containerDefinitions/web/environment/A/value: 1\u001b[39m')
  })

  test('of a file alone says that the tag is missing', async () => {
    const { exitCode, stderr } = await ecsTask(['diff', '_ecs/web.ts'])
    expect([exitCode, stderr]).toEqual([
      2,
      '✗ No image tag given.\n  → Put the tag before the file: diff TAG _ecs/web.ts\n',
    ])
  })
})

describe.concurrent('cluster diff --exit-code', () => {
  const { folder } = project({ 'stack.yml': 'services:\n  - worker:\n      image: worker:v1\n      memory: 64\n' })
  const cluster = (name: string, ...words: string[]): Promise<Ended> =>
    ecsTask(['cluster', 'diff', name, '-f', join(folder, 'stack.yml'), ...words], aws().env)

  test('ends 6 where a deploy would change something, without it 0, and 2 where there is no cluster', async () => {
    const ended = await Promise.all([
      cluster('my_cluster', '--exit-code'),
      cluster('my_cluster'),
      cluster('no', '--exit-code'),
    ])
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([6, 0, 2])
  })
})
