const SESSION = 'rakkaeo.session_token='

/** Whether the browser brings a session; whether it holds, the API says. */
export function isSignedIn(request: Request): boolean {
  return request.headers.get('cookie')?.includes(SESSION) ?? false
}
