"""Makes the files beside it: a server of pages that a crawler meets, and what warcio 1.8 and wget 1.21 keep of them.

Needs `pip install warcio requests brotli reportlab`, and wget. Run it in this folder.
"""
import gzip, threading, http.server, io, subprocess, os, brotli, zlib
from reportlab.pdfgen import canvas
def pdf():
    b=io.BytesIO(); c=canvas.Canvas(b, pageCompression=1, invariant=1); c.setTitle('Addendum')
    c.setFont('Helvetica',12)
    for i,l in enumerate(['Data Processing Addendum','Example Ltd. may not train models on Customer Data.','Customer Data is deleted within 30 days – or less – after','the agreement ends.']): c.drawString(72,760-16*i,l)
    c.showPage(); c.setFont('Times-Roman',12); c.drawString(72,760,'Annex I: “sub-processors”'); c.showPage(); c.save(); return b.getvalue()
PDF=pdf(); open('addendum.pdf','wb').write(PDF)
TERMS='''<!DOCTYPE html><html><head><title>Terms</title><script nonce="%s">var a = "<p>no text</p>";</script><style>p{}</style></head>
<body class="%s"><header><nav><a href="/">Home</a></nav></header><main><h1>Commercial Terms</h1>
<p>Customer owns all Output. We may not train models on <b>Customer Content</b> from the Services.</p>
<p>Unless the law says otherwise, Customer Content is deleted within thirty days after the agreement ends, and Logs after the days that the table says.</p>
<table><tr><th>What</th><th>Days</th></tr><tr><td>Logs</td><td>30</td></tr></table></main>
<footer>© 2026 Example Ltd.</footer></body></html>'''
class H(http.server.BaseHTTPRequestHandler):
    protocol_version='HTTP/1.1'
    def log_message(s,*a): pass
    def version_string(s): return 'example'
    def date_time_string(s,timestamp=None): return 'Mon, 30 Nov 2026 12:00:00 GMT'
    def send(s,code,body=b'',ct='text/html; charset=utf-8',**h):
        s.send_response(code); s.send_header('Content-Type',ct)
        for k,v in h.items(): s.send_header(k.replace('_','-'),v)
        s.send_header('Content-Length',str(len(body))); s.end_headers(); s.wfile.write(body)
    def do_GET(s):
        t=(TERMS%('a1','x y')).encode()
        p=s.path
        if p in('/terms','/same'): s.send(200,t)
        elif p=='/gzip': s.send(200,gzip.compress(t,mtime=0),Content_Encoding='gzip')
        elif p=='/deflate': s.send(200,zlib.compress(t),Content_Encoding='deflate')
        elif p=='/br': s.send(200,brotli.compress(t),Content_Encoding='br')
        elif p=='/old': s.send(301,b'moved',Location='/terms')
        elif p=='/away': s.send(302,b'',Location='http://elsewhere.example/terms')
        elif p=='/loop': s.send(302,b'',Location='/loop2')
        elif p=='/loop2': s.send(302,b'',Location='/loop')
        elif p=='/refused': s.send(403,b'<p>Access denied</p>')
        elif p=='/addendum.pdf': s.send(200,PDF,'application/pdf')
        elif p=='/latin': s.send(200,'Für Kunden: wir trainieren nicht mit Ihren Daten.'.encode('latin-1'),'text/plain; charset=iso-8859-1')
        elif p=='/script': s.send(200,b'<html><body><div id=root></div><script src=app.js></script></body></html>')
        elif p=='/login': s.send(200,b'<html><body><form><input name=user><input type=password></form></body></html>')
        elif p=='/chunked':
            s.send_response(200); s.send_header('Content-Type','text/html'); s.send_header('Transfer-Encoding','chunked'); s.end_headers()
            for i in range(0,len(t),100): c=t[i:i+100]; s.wfile.write(b'%x\r\n'%len(c)+c+b'\r\n')
            s.wfile.write(b'0\r\n\r\n')
        else: s.send(404,b'<h1>Not found</h1>')
srv=http.server.ThreadingHTTPServer(('127.0.0.1',8137),H); threading.Thread(target=srv.serve_forever,daemon=True).start()
paths=['/terms','/gzip','/deflate','/br','/old','/away','/loop','/loop2','/refused','/addendum.pdf','/latin','/script','/login','/chunked','/gone']
for f in os.listdir('.'):
    if 'warc' in f: os.remove(f)
from warcio.capture_http import capture_http
from warcio.warcwriter import WARCWriter
import requests
w=WARCWriter(open('warcio.warc.gz','wb'),gzip=True)
with capture_http(w):
    for p in paths: requests.get('http://127.0.0.1:8137'+p,allow_redirects=False)
# a revisit, as warcio writes it
from warcio.statusandheaders import StatusAndHeaders
from warcio.archiveiterator import ArchiveIterator
w.out.flush()
with open('warcio.warc.gz','rb') as s:
    for r in ArchiveIterator(s):
        if r.rec_type=='response' and r.rec_headers['WARC-Target-URI'].endswith('/terms'): d=r.rec_headers['WARC-Payload-Digest']; dt=r.rec_headers['WARC-Date']
rec=w.create_revisit_record('http://127.0.0.1:8137/same',d,'http://127.0.0.1:8137/terms',dt,http_headers=StatusAndHeaders('200 OK',[('Content-Type','text/html')],protocol='HTTP/1.1'),warc_headers_dict={'WARC-Date':'2026-12-24T00:00:00Z'})
w.write_record(rec)
rec=w.create_warc_record('http://127.0.0.1:8137/resource.md','resource',payload=io.BytesIO(b'# Terms\n\nWe do **not** train.\n'),warc_content_type='text/markdown')
w.write_record(rec); w.out.close()
open('urls','w').write('\n'.join('http://127.0.0.1:8137'+p for p in paths if p not in('/loop','/loop2','/away'))+'\n')
for x in ([],['--no-warc-compression']):
    subprocess.run(['wget','-q','--delete-after','--no-warc-keep-log','--warc-file=wget',*x,'-i','urls'],stderr=subprocess.DEVNULL)

os.remove('urls')
open('text.br','wb').write(brotli.compress(b'We do not train on your data.'*100))
