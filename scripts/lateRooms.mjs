// Has the build keep out of every start what few starts need: those rooms go into a file of their own, `dist/late.cjs`.
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const rooms = /^src\/(?:cluster|instances|commands\/import|deploy\/(?:look|policy|verify))\//
/** Who asks for them; the commands are read at every start, because their names and options are. */
const askers = /^src\/(?:commands\/.*|index)\.ts$/

/**
 * Gives whoever imports a function of those rooms one of the same name that reads the file when it is called. The file itself is
 * made of the entry `late`, and shares with the others what they have in common.
 */
export function lateRooms(root) {
  const entry = 'late'
  const fileOf = (path) => relative(root, path).replaceAll('\\', '/')
  const isAsker = (path) => askers.test(fileOf(path)) && !rooms.test(fileOf(path))
  return {
    name: 'lateRooms',
    setup(bundler) {
      bundler.onResolve({ filter: /^late$/ }, () => ({ path: entry, namespace: 'lateEntry' }))
      bundler.onLoad({ filter: /./, namespace: 'lateEntry' }, () => ({
        contents: askedFor(root, isAsker)
          .map((file) => `export { ${functionsOf(root, file).join(', ')} } from './${file}'`)
          .join('\n'),
        resolveDir: root,
      }))
      bundler.onResolve({ filter: /^\.\.?\// }, ({ path, importer, resolveDir, namespace }) => {
        const file = fileOf(resolve(resolveDir, path))
        return namespace === 'file' && rooms.test(file) && isAsker(importer)
          ? { path: file, namespace: 'late' }
          : undefined
      })
      bundler.onLoad({ filter: /./, namespace: 'late' }, ({ path: file }) => ({
        contents: [
          "import { lazy } from './src/ground/lazy.ts'",
          ...functionsOf(root, file).map(
            (name) => `export const ${name} = (...given) => lazy('./late.cjs').${name}(...given)`,
          ),
        ].join('\n'),
        resolveDir: root,
      }))
    },
  }
}

/** The files of those rooms that are imported from outside of them. */
function askedFor(root, isAsker) {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => join(root, 'src', file))
    .filter((path) => path.endsWith('.ts') && isAsker(path))
  const imported = sources.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^(?:import|export) (?!type )[^;']*from '(\.[^']+)'/gm)].map(([, from]) =>
      relative(root, resolve(path, '..', from)).replaceAll('\\', '/'),
    ),
  )
  return [...new Set(imported)].filter((file) => rooms.test(file) && functionsOf(root, file).length > 0).toSorted()
}

/** The functions that a file exports. A constant could not wait for its file, and whoever imports one fails the build. */
function functionsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name)
}
