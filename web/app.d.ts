/** What the server hands to the site with each request. */
declare global {
  namespace App {
    interface Platform {
      /** The API, called inside the process. The path starts with `/api/`. */
      api(path: string, headers: Record<string, string>): Promise<Response>
    }
    interface Error {
      message: string
      code?: string
    }
  }
}

export {}
