// Proves the package as a stranger gets it: packed, installed into an empty folder, compiled by old and new TypeScript, run with
// tsx under every supported Node, by Node itself and by Bun, in projects of ES modules, of CommonJS, and without `"type"`. Needs
// the registry, and no AWS. `npm run test:packed`; the last line is the count.
// `npm run test:packed -- pages` runs only the blocks of the pages.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { check, counts, expect, inPairs, npm, succeed } from './packedChecks.mjs'
import { pageJobs } from './packedPages.mjs'
import { testBun, testNpxLocal, testProject } from './packedRuns.mjs'
import { makeTypeProjects, typeErrors, versions } from './packedTypes.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules/.bin', name)
const folder = mkdtempSync(join(tmpdir(), 'ecs-task-packed-'))
/** What is installed beside the package, each in a folder of its own; what cannot be had is skipped. */
const others = { node22: 'node@22', node24: 'node@24', bun: 'bun' }

try {
  const tarball = await pack()
  const installed = await install('project', tarball)
  const onlyPages = process.argv[2] === 'pages'
  await inPairs([...(onlyPages ? [] : await jobsOf(installed)), ...pageJobs(installed)])
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`packed: ${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.failed > 0 ? 1 : 0

/** Every compiler and every runner. */
async function jobsOf(installed) {
  const [node22, node24, bun] = await Promise.all(Object.entries(others).map(([name, what]) => optional(name, what)))
  const nodes = [process.execPath, node22 && join(node22, 'node/bin/node'), node24 && join(node24, 'node/bin/node')]
  makeTypeProjects(installed)
  return [
    ...nodes
      .filter(Boolean)
      .flatMap((node) => ['module', 'commonjs', undefined].map((type) => () => testProject({ node, installed, type }))),
    ...(bun
      ? ['module', 'commonjs'].map((type) => () => testBun({ bun: join(bun, '.bin/bun'), installed, type }))
      : []),
    () => testNpxLocal(installed),
    ...versions.map((version) => () => testTypes(version, installed)),
  ]
}

/** The tarball, after a look at what is in it. */
async function pack() {
  const [{ filename, files }] = JSON.parse(await npm(root, 'pack', '--json', '--pack-destination', folder))
  const paths = files.map(({ path }) => path)
  const built = ['index.js', 'index.d.ts', 'index.cjs', 'index.d.cts', 'cli.cjs', 'local.cjs', 'local.js']
  const pages = [
    'README.md',
    'CHANGELOG.md',
    'SECURITY.md',
    'LICENSE',
    'docs/ARCHITECTURE.md',
    '_ecs/web_dev.ts',
    'templates/web.ts',
  ]
  const wanted = [...built.map((file) => `dist/${file}`), ...pages]
  const known = /^(_ecs|dist|templates|docs)\/|^(README\.md|CHANGELOG\.md|SECURITY\.md|LICENSE|package\.json)$/
  const tarball = join(folder, filename)
  await check('the package holds what it needs and nothing else', () => {
    const missing = wanted.filter((path) => !paths.includes(path))
    expect([...missing, ...paths.filter((path) => !known.test(path))].join(' '), '')
  })
  await check('every link of its pages leads to a file in it, or to a page of the web', () => {
    const broken = paths.filter((path) => path.endsWith('.md')).flatMap((page) => brokenLinks(page, paths))
    expect(broken.join('\n'), '')
  })
  await check('publint finds nothing', () => succeed(process.execPath, folder, bin('publint'), tarball, '--strict'))
  await check('the types agree with the files, for import and for require', () =>
    succeed(process.execPath, folder, bin('attw'), tarball, '--profile', 'node16'),
  )
  return tarball
}

function brokenLinks(page, paths) {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '')
  const links = [...text.matchAll(/(?:\]\(|(?:src|srcset)=")([^)\s"#]+)/g)].map(([, link]) => link)
  const targets = links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => normalize(join(dirname(page), link)))
  const isThere = (target) => paths.some((path) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`))
  return targets.filter((target) => !isThere(target)).map((target) => `${page}: ${target}`)
}

async function install(name, ...packages) {
  const directory = join(folder, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), '{ "private": true }')
  await npm(directory, 'install', '--prefer-offline', '--no-audit', '--no-fund', ...packages)
  return directory
}

/** The node_modules of what the registry may not have; nothing where it cannot be had. */
async function optional(name, ...packages) {
  try {
    return join(await install(name, ...packages), 'node_modules')
  } catch (error) {
    console.log(`skipped ${name}: it could not be installed (${String(error.message).split('\n')[0]})`)
    return undefined
  }
}

async function testTypes(version, installed) {
  const modules = await optional(`typescript-${version}`, `typescript@${version}`)
  if (!modules) return
  const errors = await typeErrors(join(modules, 'typescript'), installed)
  for (const project of errors) {
    await check(`TypeScript ${version}, ${project.title}`, () => expect(project.errors.join('\n'), ''))
  }
}
