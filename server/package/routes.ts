import type { packageApi } from '../../domain/package/api.ts'
import type { Handlers } from '../http/handler.ts'
import { getContents } from './read.contents.ts'
import { lookingIn } from './read.whose.ts'
import { packageFile, type PackageParts } from './read.zip.ts'
import { notePackage } from './write.note.ts'

export function makePackageRoutes(parts: PackageParts): Handlers<typeof packageApi> {
  return {
    getPackage: ({ tx, viewer, areas, params, query }) => getContents(tx, params.code, lookingIn(viewer, areas, params.code, query.purpose)),

    getPackageFile: async ({ tx, viewer, areas, params, query }) => {
      const looking = lookingIn(viewer, areas, params.code, query.purpose)
      await notePackage(tx, looking, params.code)
      return packageFile(parts, { area: params.code, looking, madeBy: viewer.person.name, at: new Date() })
    },
  }
}
