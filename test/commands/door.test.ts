import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { definition, endAll, pointedAt, program, project, serviceClass } from './support.ts'
import { ecsTask, ofClasses, serviceOf } from './inProcess.ts'

afterAll(endAll)

const exported = (name: string): string => `export ${serviceClass(name)}`

describe.concurrent('ecs-task with files', () => {
  test('takes them first, too, and deploys all as one unit', async () => {
    const { run, region } = project({
      '_ecs/a.ts': definition([exported('A')]),
      '_ecs/b.ts': definition([exported('B'), 'enum Size { Small }', 'console.error(Size.Small)']),
    })
    const { exitCode, stderr } = await run([program, '_ecs/a.ts', '_ecs/b.ts', 'deploy', 'v2', '--local', '--no-wait'])
    expect(exitCode, stderr).toBe(0)
    expect(pointedAt(region())).toEqual({
      'my_cluster/a': expect.stringMatching(/^a:/),
      'my_cluster/b': expect.stringMatching(/^b:/),
    })
  })

  test('runs what is handed to main(), not what is exported beside it, and only once', async () => {
    const { run } = project({
      // Node alone can't take a decorator off.
      'web.ts': definition(
        ['const noted = (_class: unknown, _of?: unknown) => {}', exported('A'), `@noted\n${exported('B')}`],
        'void EcsTask.main([B])',
        'void new B().main()',
      ),
    })
    const { stdout, stderr } = await run([program, 'debug', 'web.ts'])
    expect(JSON.parse(stdout), stderr).toMatchObject({ taskDefinition: { family: 'b' } })
  })

  test('tells classes of one name apart, and leaves out what several have in common', async () => {
    const { run } = project({
      'a.ts': definition(['export abstract class Base extends EcsTask {}', exported('Web').replace('EcsTask', 'Base')]),
      'b.ts': definition([exported('Web')]),
    })
    const { stdout, stderr } = await run([program, 'debug', '*.ts'])
    expect(Object.keys(JSON.parse(stdout)), stderr).toEqual(['Web (a.ts)', 'Web (b.ts)'])
  })

  test('runs each file once, also where Node alone cannot run one that it imports', async () => {
    const { run } = project({
      'web.ts': definition([
        "console.error('web runs')",
        "import { Size } from './size.ts'",
        exported('A').replace('memory: 512', 'memory: Size.Small'),
      ]),
      'size.ts': "console.error('size runs')\nexport enum Size { Small = 7 }",
    })
    const { exitCode, stdout, stderr } = await run([program, 'debug', 'web.ts'])
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain('"memory": 7')
    expect(stderr).toBe('size runs\nweb runs\n')
  })

  test.each(['module', 'commonjs'])(
    'takes a class once, however many files have it, in a package of type %s',
    async (type) => {
      const { run } = project({
        'package.json': JSON.stringify({ type }),
        '_ecs/base.ts': definition(['export abstract class Base extends EcsTask {}']),
        '_ecs/tasks.ts': definition([
          "import { Base } from './base.ts'",
          'enum Size { Small = 512 }',
          exported('A').replace('EcsTask', 'Base').replace('memory: 512', 'memory: Size.Small'),
          exported('B'),
        ]),
        '_ecs/all.ts': definition(["import { A, B } from './tasks.ts'", 'void EcsTask.main([A, B])']),
        '_ecs/c.ts': definition([serviceClass('C'), 'void new C().main()']),
      })
      const { stdout, stderr } = await run([program, 'debug', '_ecs', './_ecs/c.ts', '_ecs/../_ecs/tasks.ts'])
      expect(Object.keys(JSON.parse(stdout)), stderr).toEqual(['A', 'B', 'C'])
      expect(stderr).toBe('')
    },
  )

  test.each([
    ['never finishes: nothing settles what it awaits', 'await new Promise(() => {})'],
    ['calls process.exit(0)', 'process.exit(0)'],
  ])('ends with 2 where a file %s', async (how, line) => {
    const { run } = project({ 'web.mts': definition([exported('A'), line]) })
    expect(await run([program, 'deploy', 'v1', 'web.mts', '--local'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `✗ A file cannot be used.\n  web.mts: ${how}\n`,
    })
  })

  test('names every file that cannot be used, with the reason, and writes nothing', async () => {
    const { run } = project({
      'throws.ts': "import 'ecs-task'\n\nthrow new Error('no settings')",
      'nothing.ts': 'export const x = 1',
      'needs.ts': definition([
        'export class A extends EcsTask { constructor(of: { name: string }) { super(); of.name.trim() } }',
      ]),
      'broken.ts': 'export class {',
      'awaits.cts': definition([exported('B'), 'await Promise.resolve()']),
      // What the SDK makes of an answer that has nothing but a code.
      'refused.ts': "import 'ecs-task'\nthrow Object.assign(new Error('UnknownError'), { name: 'ParameterNotFound' })",
    })
    const { exitCode, stderr } = await run([
      program,
      'deploy',
      'v1',
      'throws.ts',
      'nothing.ts',
      'needs.ts',
      'broken.ts',
      'awaits.cts',
      'refused.ts',
    ])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/✗ Some files cannot be used\./)
    expect(stderr).toMatch(/throws\.ts: line 3: no settings/)
    expect(stderr).toMatch(/nothing\.ts: exports no class that extends EcsTask/)
    expect(stderr).toMatch(
      /needs\.ts: the constructor of A takes arguments, and gets none: line 2: Cannot read properties of undefined/,
    )
    expect(stderr).toMatch(/broken\.ts: /)
    expect(stderr).toMatch(
      /awaits\.cts: line \d: await outside of functions needs an ES module; rename the file to awaits\.mts\n/,
    )
    expect(stderr).toMatch(/refused\.ts: line 2: ParameterNotFound\n/)
  })

  const runsItself = (name: string): string => `void new ${name}().main()`

  test.each([
    ['user.ts', ['User', 'Web']],
    ['user.ts web.ts', ['User', 'Web']],
    ['web.ts user.ts', ['Web', 'User']],
    ['both.ts', ['Both', 'Web']],
    ['index.ts', ['Web', 'User']],
  ])(
    'takes what a file exports and what a file that it imports hands to main(), in the order of the files: %s',
    async (files, names) => {
      const { run } = project({
        'web.ts': definition([exported('Web')], runsItself('Web')),
        'user.ts': definition([exported('User')], "import './web.ts'"),
        'both.ts': definition([exported('Both')], "import './web.ts'", runsItself('Both')),
        'index.ts': "export { Web } from './web.ts'\nexport { User } from './user.ts'",
      })
      const { stdout, stderr } = await run([program, 'debug', ...files.split(' ')])
      expect(Object.keys(JSON.parse(stdout)).toSorted(), stderr).toEqual(names.toSorted())
      const several = files.includes(' ') ? names : []
      expect(Object.keys(JSON.parse(stdout)).slice(0, several.length)).toEqual(several)
    },
  )

  test('keeps the order of the files, whether they call main() or not', async () => {
    const { run } = project({
      'd.ts': definition([exported('D')]),
      'c.ts': definition([exported('C')], runsItself('C')),
      'b.mts': definition([exported('B')], "import { runs } from './helper.ts'", 'runs(B)'),
      'a.ts': definition([exported('A')]),
      'helper.ts': "import { EcsTask } from 'ecs-task'\nexport const runs = (Class: any) => void EcsTask.main([Class])",
    })
    const { stdout, stderr } = await run([program, 'debug', 'd.ts', 'c.ts', 'b.mts', 'a.ts'])
    expect(Object.keys(JSON.parse(stdout)), stderr).toEqual(['D', 'C', 'B', 'A'])
  })

  test.each(['./**/*.ts', '**/*.ts'])('finds no package with a pattern: %s', async (pattern) => {
    const { run } = project({
      '_ecs/web.ts': definition([exported('Web')]),
      '_ecs/node_modules/other/index.ts': "throw new Error('runs')",
      'node_modules/other/index.ts': "throw new Error('runs')",
    })
    const { stdout, stderr } = await run([program, 'debug', pattern])
    expect(JSON.parse(stdout), stderr).toMatchObject({ taskDefinition: { family: 'web' } })
    const named = await run([program, 'debug', 'node_modules/*/*.ts'])
    expect(named.stderr).toMatch(/node_modules\/other\/index\.ts: (?:line 1: )?runs\n/)
  })

  test('warns of a class that is left out because another one extends it, where it could be deployed by itself', async () => {
    const { run } = project({
      'web.ts': definition([
        'export abstract class Base extends EcsTask {}',
        exported('Web').replace('EcsTask', 'Base'),
        "export class Admin extends Web { override updateServices = [{ cluster: 'c', service: 'admin' }] }",
      ]),
    })
    const { exitCode, stderr } = await run([program, 'deploy', 'v1', 'web.ts', '--local', '--no-wait'])
    expect(exitCode, stderr).toBe(0)
    expect(stderr.split('\n').flatMap((line) => /! .*is not deployed.*/.exec(line)?.[0] ?? [])).toEqual([
      '! Web is not deployed, as Admin extends it. To deploy both, call EcsTask.main([Web, Admin]).',
    ])
  })

  test.each([
    ['an alias of tsconfig.json', "import { Size } from '@lib/size'"],
    ['a package of a workspace', "import { Size } from 'shared'"],
    ['an installed package that is not compiled', "import { Size } from 'sizes'"],
    ['an import of package.json', "import { Size } from '#size'"],
  ])('runs a file with %s, alone and beside another', async (_what, line) => {
    const { run, folder } = project({
      'package.json': JSON.stringify({ type: 'module', imports: { '#size': './lib/size.ts' } }),
      'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'nodenext', paths: { '@lib/*': ['./lib/*.ts'] } } }),
      'lib/size.ts': 'export enum Size { Small = 7 }',
      'packages/shared/package.json': JSON.stringify({ name: 'shared', type: 'module', exports: './size.ts' }),
      'packages/shared/size.ts': 'export enum Size { Small = 7 }',
      'node_modules/sizes/package.json': JSON.stringify({ name: 'sizes', type: 'module', exports: './size.ts' }),
      'node_modules/sizes/size.ts': 'export const Size = { Small: 7 as const }',
      'web.ts': definition([line, exported('Web').replace('memory: 512', 'memory: Size.Small')]),
      'other.ts': definition([exported('Other')]),
    })
    symlinkSync(join(folder, 'packages/shared'), join(folder, 'node_modules/shared'), 'junction')
    for (const files of [['web.ts'], ['other.ts', 'web.ts']]) {
      const { exitCode, stdout, stderr } = await run([program, 'debug', ...files])
      expect(exitCode, stderr).toBe(0)
      expect(stdout).toContain('"memory": 7')
    }
  })

  test.each(['debug', 'deploy v1 --local'])('names a rejection that nothing catches: %s', async (words) => {
    const { run } = project({ 'web.ts': definition([exported('Web'), "Promise.reject(new Error('lost'))"]) })
    expect(await run([program, ...words.split(' '), 'web.ts'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: '✗ A file cannot be used.\n  web.ts: line 7: lost\n',
    })
  })

  test('says what is in _ecs where no file is named', async () => {
    const { run } = project({ '_ecs/web.ts': '', '_ecs/notes.md': '' })
    const { exitCode, stderr } = await run([program, 'deploy', 'v1'])
    expect(exitCode).toBe(2)
    expect(stderr).toBe('✗ No file given.\n  → Pass one or more of: _ecs/web.ts\n')
  })
})

describe('a file of a class', () => {
  test('takes no other files', async () => {
    const run = ofClasses({ Web: serviceOf('web') })
    expect(await run(['deploy', 'v1', 'other.ts'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Extraneous positional argument ("other.ts").'),
    })
  })

  test.each([
    ['never calls main()', definition([exported('Web')])],
    ['only makes one', definition([exported('Web')], 'new Web()')],
  ])('that %s ends with 2 where it is to deploy', async (_how, text) => {
    const { run } = project({ 'web.ts': text })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'v1'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/web\.ts never calls main\(\), so nothing was done\./)
  })

  test.each([
    ['throws', "throw new Error('no settings')", 'line 7: no settings'],
    ['rejects', "await Promise.reject(new Error('no settings'))", 'line 7: no settings'],
  ])(
    'that %s before it calls main() ends with 2, as with ecs-task, where it is to deploy',
    async (_how, line, reason) => {
      const { run } = project({ 'web.ts': definition([exported('Web')], line, 'void new Web().main()') })
      const refused = { exitCode: 2, stdout: '', stderr: `✗ A file cannot be used.\n  web.ts: ${reason}\n` }
      expect(await run(['web.ts', 'deploy', 'v1'])).toEqual(refused)
      expect(await run([program, 'deploy', 'v1', 'web.ts'])).toEqual(refused)
    },
  )

  test.each([
    ['is imported without a command', definition([exported('Web')]), ['web.ts']],
    [
      'is deployed from code',
      definition([exported('Web')], 'console.log(new Web().debug().name)'),
      ['web.ts', 'debug'],
    ],
    ['is about something else', "import 'ecs-task'", ['web.ts', 'deploy']],
  ])('that %s ends with 0', async (_how, text, words) => {
    const { run } = project({ 'web.ts': text })
    expect(await run(words)).toMatchObject({ exitCode: 0, stderr: '' })
  })
})

test.each([
  ['deploy', '_ecs/web.ts'],
  ['_ecs/web.ts', 'deploy'],
])('a deploy without a tag says so: %s %s', async (...words) => {
  expect(await ecsTask(words)).toMatchObject({
    exitCode: 2,
    stderr: '✗ No image tag given.\n  → Put the tag before the file: deploy TAG _ecs/web.ts\n',
  })
})

test.each([
  ['deploy _ecs/web.ts v1', 'deploy v1 _ecs/web.ts'],
  ['verify test/index.ts v1 _ecs/*.ts', "verify v1 test/index.ts '_ecs/*.ts'"],
  ['diff _ecs/web.ts _ecs/api.ts v1', 'diff v1 _ecs/web.ts _ecs/api.ts'],
])('a tag behind the file is told where it belongs: %s', async (line, meant) => {
  expect(await ecsTask(line.split(' '))).toMatchObject({
    exitCode: 2,
    stderr: `✗ The tag is behind the file.\n  → Put the tag before the file: ${meant}\n`,
  })
})

test.each([
  [['deploy', '_ecs/web_dev.ts', '_ecs/all_dev.ts'], 'deploy TAG _ecs/web_dev.ts _ecs/all_dev.ts'],
  [['deploy', '_ecs'], 'deploy TAG _ecs'],
])('a file that is there is no tag: %j', async (words, meant) => {
  expect(await ecsTask(words)).toMatchObject({
    exitCode: 2,
    stderr: `✗ No image tag given.\n  → Put the tag before the file: ${meant}\n`,
  })
})

test.each([
  ['two words that are no file', ['deploy', 'a.ts', 'v1', 'v2'], '  v1: does not exist\n  v2: does not exist\n'],
  ['a tag that is called like a file', ['deploy', 'v1.js', '_ecs/nope.ts'], '  _ecs/nope.ts: does not exist\n'],
])('%s are refused as files', async (_what, words, problems) => {
  expect(await ecsTask(words)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(problems) })
})

test.each(['web.cjs', 'web.mjs'])('a file that Node alone runs, %s, is told by Node in its help', (file) => {
  const { folder } = project({
    [file]: file.endsWith('.cjs')
      ? "const { EcsTask } = require('ecs-task')\nvoid new (class Web extends EcsTask {})().main()"
      : "import { EcsTask } from 'ecs-task'\nvoid new (class Web extends EcsTask {})().main()",
  })
  const { stdout } = spawnSync(process.execPath, [file, 'deploy', '--help'], { cwd: folder, encoding: 'utf8' })
  expect(stdout).toContain(`  $ node ${file} deploy v1.2.3 --local\n`)
})

test('a file that does not exist is refused', async () => {
  expect(await ecsTask(['status', 'nope.ts', 'none', '', 'templats'])).toMatchObject({
    exitCode: 2,
    stderr: [
      '✗ Some files cannot be used.',
      '  nope.ts: does not exist',
      '  none: does not exist',
      '  a name of a file is empty; a variable may not be set',
      '  templats: does not exist; did you mean templates?',
      '',
    ].join('\n'),
  })
})

test('a file alone is no command, and its help is the program’s', async () => {
  expect(await ecsTask(['_ecs/web_dev.ts'])).toMatchObject({
    exitCode: 2,
    stderr: '✗ No command given.\n  → Put one before the file: ecs-task status _ecs/web_dev.ts\n',
  })
  const help = await ecsTask(['--help'])
  expect(help.exitCode).toBe(0)
  for (const words of [
    ['_ecs/web_dev.ts', '--help'],
    ['help', '_ecs/web_dev.ts'],
  ])
    expect(await ecsTask(words)).toEqual(help)
})

describe.concurrent('a slip in the call of main() ends 2 with what is meant', () => {
  test.each([
    ['EcsTask.main([new Web()])', 'EcsTask.main() takes classes; write EcsTask.main([Web]) without new'],
    ['EcsTask.main(Web)', 'EcsTask.main() takes a list of classes; write EcsTask.main([Web])'],
    ['EcsTask.main(new Web())', 'EcsTask.main() takes a list of classes; write EcsTask.main([Web])'],
    ['EcsTask.main()', 'EcsTask.main() takes a list of classes; write EcsTask.main([Web, Worker])'],
    ['EcsTask.main([Web, 3])', 'EcsTask.main() takes classes, not 3'],
    ['Web.main()', 'Web.main() runs no class; write new Web().main()'],
    ['Web().main()', 'Web is a class; write new Web()'],
  ])('void %s', async (call, meant) => {
    const { run } = project({ 'web.ts': definition([serviceClass('Web')], `void ${call}`) })
    for (const words of [
      ['web.ts', 'deploy', 'v1'],
      [program, 'deploy', 'v1', 'web.ts'],
    ]) {
      const { exitCode, stdout, stderr } = await run(words)
      expect([exitCode, stdout]).toEqual([2, ''])
      expect(stderr).toContain(meant)
      expect(stderr).not.toMatch(/\n +at /)
    }
  })
})
