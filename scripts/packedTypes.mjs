// Compiles first examples with many versions of TypeScript, in every kind of project that there is.
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { typeTest, usesLocal } from './packedProject.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const compiler = fileURLToPath(new URL('packedCompiler.mjs', import.meta.url))

/** The oldest that the declarations support, what many still have, the last one in JavaScript, and the newest. */
export const versions = ['5.0', '5.4', '5.9', '6.0', 'latest']

const resolutions = ['node16', 'nodenext', 'bundler']
const flags = [true, false]

/** Every way to compile a project. The bits are those that `tsc --init` and stricter projects set. */
const ways = resolutions.flatMap((moduleResolution) =>
  flags.flatMap((verbatimModuleSyntax) =>
    flags.map((noImplicitOverride) => ({ moduleResolution, verbatimModuleSyntax, noImplicitOverride })),
  ),
)

/** What becomes of a way to compile in the title of a check and in the name of a folder. */
const nameOf = ({ moduleResolution, verbatimModuleSyntax, noImplicitOverride }) =>
  [moduleResolution, verbatimModuleSyntax && 'verbatimModuleSyntax', noImplicitOverride && 'noImplicitOverride']
    .filter(Boolean)
    .join('-')

/** Makes a folder for each way to compile, with a project of each kind in it, below a folder with the package installed. */
export function makeTypeProjects(installed) {
  for (const way of ways) {
    const folder = join(installed, 'types', nameOf(way))
    const module = way.moduleResolution === 'bundler' ? 'es2022' : way.moduleResolution
    const compilerOptions = { ...way, module, target: 'es2022', strict: true, skipLibCheck: true, types: [] }
    write(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, outDir: 'out' } }))
    for (const type of ['module', 'commonjs']) {
      write(join(folder, type, 'package.json'), JSON.stringify({ type }))
      // TypeScript itself takes no `import` in a CommonJS file then, whatever is imported; `init` makes the folder ES modules.
      if (type === 'commonjs' && way.verbatimModuleSyntax) {
        write(join(folder, type, '_ecs/package.json'), JSON.stringify({ type: 'module' }))
      }
      for (const from of ['templates', '_ecs']) {
        const sources = readdirSync(join(root, from)).filter((file) => file.endsWith('.ts'))
        for (const file of sources) copyFileSync(join(root, from, file), join(made(folder, type, '_ecs'), file))
      }
      if (!way.noImplicitOverride) write(join(folder, type, '_ecs/types.ts'), typeTest)
    }
    if (way.moduleResolution !== 'bundler') write(join(folder, 'module/local.mts'), usesLocal)
  }
}

/** The errors of each project with one TypeScript, by its title; `typescript` is the folder of the package. */
export async function typeErrors(typescript, installed) {
  const folders = ways.map((way) => join(installed, 'types', nameOf(way)))
  const lines = await outputOf(process.execPath, [compiler, typescript, ...folders])
  const projects = ways.flatMap((way) =>
    ['module', 'commonjs'].map((type) => ({
      title: `"type": "${type}", ${nameOf(way)}`,
      errors: lines.filter((line) => line.includes(`types/${nameOf(way)}/${type}/`)),
    })),
  )
  // An error of no project would otherwise be lost.
  const others = lines.filter((line) => line.trim() !== '' && !projects.some(({ errors }) => errors.includes(line)))
  return [...projects, { title: 'no error but those of a project', errors: others }]
}

function outputOf(file, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk))
    child.on('close', (code) => (code === 0 ? resolve(text.split('\n')) : reject(new Error(text))))
  })
}

function made(...path) {
  const folder = join(...path)
  mkdirSync(folder, { recursive: true })
  return folder
}

function write(file, text) {
  made(dirname(file))
  writeFileSync(file, text)
}
