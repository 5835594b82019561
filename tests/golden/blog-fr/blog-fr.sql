CREATE TABLE "site" ("title" TEXT, "link" TEXT, "description" TEXT, "language" TEXT, "pub_date" TEXT, "wxr_version" TEXT, "base_site_url" TEXT, "base_blog_url" TEXT, "generator" TEXT, "extra" TEXT);
CREATE TABLE "authors" ("row_id" INTEGER PRIMARY KEY, "id" INTEGER, "login" TEXT, "email" TEXT, "display_name" TEXT, "first_name" TEXT, "last_name" TEXT, "extra" TEXT);
CREATE TABLE "terms" ("row_id" INTEGER PRIMARY KEY, "id" INTEGER, "taxonomy" TEXT, "slug" TEXT, "name" TEXT, "parent" TEXT, "description" TEXT, "extra" TEXT);
CREATE TABLE "term_meta" ("row_id" INTEGER PRIMARY KEY, "term_row_id" INTEGER REFERENCES "terms" ("row_id"), "key" TEXT, "value" TEXT, "decoded" TEXT);
CREATE TABLE "posts" ("row_id" INTEGER PRIMARY KEY, "id" INTEGER, "type" TEXT, "status" TEXT, "title" TEXT, "slug" TEXT, "link" TEXT, "guid" TEXT, "author" TEXT, "date" TEXT, "date_gmt" TEXT, "modified" TEXT, "modified_gmt" TEXT, "pub_date" TEXT, "content" TEXT, "excerpt" TEXT, "comment_status" TEXT, "ping_status" TEXT, "parent" INTEGER, "menu_order" INTEGER, "password" TEXT, "sticky" INTEGER, "attachment_url" TEXT, "extra" TEXT);
CREATE TABLE "post_terms" ("row_id" INTEGER PRIMARY KEY, "post_row_id" INTEGER REFERENCES "posts" ("row_id"), "taxonomy" TEXT, "slug" TEXT, "name" TEXT, "term_row_id" INTEGER REFERENCES "terms" ("row_id"));
CREATE TABLE "post_meta" ("row_id" INTEGER PRIMARY KEY, "post_row_id" INTEGER REFERENCES "posts" ("row_id"), "key" TEXT, "value" TEXT, "decoded" TEXT);
CREATE TABLE "comments" ("row_id" INTEGER PRIMARY KEY, "post_row_id" INTEGER REFERENCES "posts" ("row_id"), "id" INTEGER, "type" TEXT, "author_name" TEXT, "author_email" TEXT, "author_url" TEXT, "author_ip" TEXT, "date" TEXT, "date_gmt" TEXT, "content" TEXT, "status" TEXT, "parent" INTEGER, "user_id" INTEGER, "extra" TEXT);
CREATE TABLE "comment_meta" ("row_id" INTEGER PRIMARY KEY, "comment_row_id" INTEGER REFERENCES "comments" ("row_id"), "key" TEXT, "value" TEXT, "decoded" TEXT);
CREATE TABLE "comment_places" ("comment_row_id" INTEGER PRIMARY KEY REFERENCES "comments" ("row_id"), "root_row_id" INTEGER REFERENCES "comments" ("row_id"), "depth" INTEGER, "path" TEXT);
CREATE VIRTUAL TABLE search USING fts5(
    post_row_id UNINDEXED, comment_row_id UNINDEXED, title, author, content,
    content = 'search_texts', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE INDEX "authors_by_login" ON "authors" ("login");
CREATE INDEX "terms_by_taxonomy_slug" ON "terms" ("taxonomy", "slug");
CREATE INDEX "terms_by_taxonomy_name_slug" ON "terms" ("taxonomy", "name", "slug");
CREATE INDEX "term_meta_by_term_row_id" ON "term_meta" ("term_row_id");
CREATE INDEX "posts_by_id" ON "posts" ("id");
CREATE INDEX "posts_by_type_status" ON "posts" ("type", "status");
CREATE INDEX "posts_by_slug" ON "posts" ("slug");
CREATE INDEX "posts_by_author" ON "posts" ("author");
CREATE INDEX "posts_by_date" ON "posts" ("date");
CREATE INDEX "post_terms_by_post_row_id" ON "post_terms" ("post_row_id");
CREATE INDEX "post_terms_by_term_row_id" ON "post_terms" ("term_row_id");
CREATE INDEX "post_meta_by_post_row_id" ON "post_meta" ("post_row_id");
CREATE INDEX "post_meta_by_key" ON "post_meta" ("key");
CREATE INDEX "comments_by_post_row_id" ON "comments" ("post_row_id");
CREATE INDEX "comments_by_id" ON "comments" ("id");
CREATE INDEX "comments_by_type_status" ON "comments" ("type", "status");
CREATE INDEX "comments_by_author_email" ON "comments" ("author_email");
CREATE INDEX "comment_meta_by_comment_row_id" ON "comment_meta" ("comment_row_id");
CREATE VIEW "comment_threads" AS SELECT places.comment_row_id, comments.post_row_id, places.root_row_id,
               places.depth, places.path
        FROM "comment_places" AS places
        JOIN "comments" AS comments ON comments.row_id = places.comment_row_id;
CREATE VIEW "pingbacks" AS SELECT comments.row_id AS comment_row_id, comments.post_row_id,
               comments.type, comments.author_name, comments.author_url,
               comments.date, comments.date_gmt, comments.status, comments.content,
               posts.title AS post_title, posts.link AS post_link
        FROM "comments" AS comments
        JOIN "posts" AS posts ON posts.row_id = comments.post_row_id
        WHERE comments.type IN ('pingback', 'trackback');
INSERT INTO site VALUES ('Le Carnet d’Odile', 'https://carnet-odile.example', 'Parler moins, parler mieux', 'fr-FR', '2025-11-14 09:30:00', '1.2', 'https://carnet-odile.example', 'https://carnet-odile.example', 'https://wordpress.org/?v=6.8.3', '[]');
INSERT INTO authors VALUES (1, 1, 'odile', 'odile@carnet-odile.example', 'Odile Marchandeau', 'Odile', 'Marchandeau', '[]');
INSERT INTO terms VALUES (1, 3, 'category', 'communication', 'Communication', '', 'Ce que l’on dit, et à qui.', '[]');
INSERT INTO terms VALUES (2, 5, 'category', 'lectures', 'Lectures', '', NULL, '[]');
INSERT INTO terms VALUES (3, 7, 'category', 'rd', 'R&amp;D', '', NULL, '[]');
INSERT INTO terms VALUES (4, 4, 'category', 'medias-sociaux', 'Médias sociaux', 'communication', NULL, '[]');
INSERT INTO terms VALUES (5, 11, 'post_tag', 'conversation', 'conversation', NULL, NULL, '[]');
INSERT INTO terms VALUES (6, 12, 'post_tag', 'entreprise', 'entreprise', NULL, NULL, '[]');
INSERT INTO terms VALUES (7, 13, 'post_tag', 'etude', 'étude', NULL, NULL, '[]');
INSERT INTO posts VALUES (1, 2, 'page', 'publish', 'À propos', 'a-propos', 'https://carnet-odile.example/a-propos/', 'https://carnet-odile.example/?page_id=2', 'odile', '2009-09-01 10:00:00', '2009-09-01 08:00:00', '2009-09-01 10:00:00', '2009-09-01 08:00:00', '2009-09-01 08:00:00', 'Je m’appelle Odile Marchandeau. J’aide les entreprises à parler moins et mieux.

Ce carnet est tenu depuis 2009, le plus souvent le mardi, avec une faute d’orthographe par mois en moyenne : qui la trouve a droit à ma reconnaissance.', '', 'closed', 'closed', NULL, 0, '', 0, NULL, '[]');
INSERT INTO posts VALUES (2, 9, 'page', 'publish', 'Mentions légales', 'mentions-legales', 'https://carnet-odile.example/a-propos/mentions-legales/', 'https://carnet-odile.example/?page_id=9', 'odile', '2009-09-02 11:30:00', '2009-09-02 09:30:00', '2009-09-02 11:30:00', '2009-09-02 09:30:00', '2009-09-02 09:30:00', 'Directrice de la publication : Odile Marchandeau. Hébergement : Les Serveurs du Val, 1 rue de l’Exemple.', '', 'closed', 'closed', 2, 0, '', 0, NULL, '[]');
INSERT INTO posts VALUES (3, 52, 'post', 'publish', 'Lecture : « La Politesse des machines »', 'lecture-la-politesse-des-machines', 'https://carnet-odile.example/2010/06/lecture-la-politesse-des-machines/', 'https://carnet-odile.example/?p=52', 'odile', '2010-06-03 14:05:00', '2010-06-03 12:05:00', '2010-06-03 14:05:00', '2010-06-03 12:05:00', '2010-06-03 12:05:00', 'On m’a prêté <em>La Politesse des machines</em>, d’Eugénie Valcourt, un petit livre à la couverture grise que je rendrai annoté.

L’idée est simple : nous disons bonjour aux gens et rien aux guichets, alors que ce sont souvent les mêmes. L’autrice en tire 180 pages drôles, savantes, parfois injustes.

<!--more-->

On y apprend, entre autres, que les premiers distributeurs de billets disaient « merci », et que l’on a supprimé le mot parce qu’il durait une seconde de trop.', '', 'open', 'open', NULL, 0, '', 0, NULL, '[]');
INSERT INTO posts VALUES (4, 67, 'attachment', 'inherit', 'Mesurer la conversation', 'mesurer-la-conversation', 'https://carnet-odile.example/2010/11/entreprises-et-medias-sociaux-lart-difficile-de-la-conversation/mesurer-la-conversation/', 'https://carnet-odile.example/wp-content/uploads/2010/11/mesurer-la-conversation.pdf', 'odile', '2010-11-15 17:40:00', '2010-11-15 16:40:00', '2010-11-15 17:40:00', '2010-11-15 16:40:00', '2010-11-15 16:40:00', '', 'Onze entreprises, quatorze pages', 'open', 'open', 68, 0, '', 0, 'https://carnet-odile.example/wp-content/uploads/2010/11/mesurer-la-conversation.pdf', '[]');
INSERT INTO posts VALUES (5, 68, 'post', 'publish', 'Entreprises et médias sociaux : l’art difficile de la conversation', 'entreprises-et-medias-sociaux-lart-difficile-de-la-conversation', 'https://carnet-odile.example/2010/11/entreprises-et-medias-sociaux-lart-difficile-de-la-conversation/', 'https://carnet-odile.example/?p=68', 'odile', '2010-11-16 09:12:44', '2010-11-16 08:12:44', '2011-02-01 18:20:10', '2011-02-01 17:20:10', '2010-11-16 08:12:44', 'Voilà bientôt trois ans que l’on me pose la même question, dans les couloirs des colloques comme au téléphone : « Faut-il que notre entreprise soit présente sur les médias sociaux ? » Je réponds d’ordinaire par une autre question : « Et pour y dire quoi ? » Suit presque toujours un silence… un silence assez long, en vérité, pour que chacun comprenne que personne, autour de la table, ne s’était encore interrogé là-dessus.

Ce billet rassemble ce que j’ai appris en accompagnant une vingtaine de maisons, de l’<em>imprimerie de quartier</em> au groupe coté en Bourse. Il n’a rien d’un mode d’emploi. Ceux qui cherchent une recette peuvent s’arrêter ici ; ceux qui aiment les nuances sont les bienvenus !

<h3>D’abord, écouter</h3>
La tentation est grande de commencer par <strong>parler</strong>. On ouvre un compte, on choisit un logo, on annonce à la terre entière que l’on est là ; puis l’on s’étonne que la terre entière ait autre chose à faire. C’est oublier que le mot « social » désigne d’abord une compagnie, c’est-à-dire des gens qui n’ont pas attendu la nôtre pour exister. Avant de pousser la porte d’un café, on jette un coup d’œil par la vitre : qui est là, de quoi cause-t-on, sur quel ton ? Il n’y a aucune raison d’agir autrement sur un réseau.

Une cliente, qui dirige une chaîne de librairies, me racontait que ses équipes avaient passé six mois à lire, sans rien écrire, ce que l’on disait d’elles. « Nous pensions être aimées pour nos prix, m’a-t-elle avoué. Nous l’étions pour nos libraires, que nous songions justement à remplacer par des bornes. » Six mois de silence lui ont épargné, dit-elle, dix ans d’erreurs. Je ne connais pas d’étude de marché à ce tarif-là.

<h3>Trois malentendus</h3>
Dans presque toutes les réunions auxquelles j’assiste, je retrouve les mêmes malentendus. Les voici, dans l’ordre où ils arrivent :
<ul>
	<li><strong>« C’est gratuit. »</strong> L’inscription, oui. Le temps, jamais :
<ul>
	<li>il faut lire avant d’écrire ;</li>
	<li>il faut répondre à ceux qui répondent ;</li>
	<li>il faut, surtout, savoir se taire.</li>
</ul>
</li>
	<li><strong>« C’est pour les jeunes. »</strong> Les plus fidèles lecteurs de ce carnet ont passé la soixantaine, et ce sont aussi les plus bavards.</li>
	<li><strong>« C’est l’affaire de l’informatique. »</strong> Pas davantage que le téléphone n’est celle du standard. Deux services ont, en revanche, leur mot à dire :
<ul>
	<li>les ressources humaines, pour la charte ;</li>
	<li>la direction, pour <em>l’exemple</em>.</li>
</ul>
</li>
</ul>
Du premier malentendu découlent tous les autres. Puisque c’est gratuit, on le confie à un stagiaire ; puisque c’est un stagiaire, on lui fait tout relire ; puisqu’il faut tout relire, on répond le jeudi à la question du lundi. Or une réponse qui arrive trois jours plus tard n’est plus une réponse : c’est un <em>communiqué</em>. Chacun en a déjà reçu, et personne n’en a jamais gardé.
<blockquote>Une conversation, c’est ce qui reste quand on a retiré la réclame.</blockquote>
La formule est d’Anselme Tournier, qui fut longtemps crieur de journaux avant d’enseigner la rhétorique, et qui savait mieux que personne la différence entre élever la voix et se faire entendre.

<h3>Mesurer, oui, mais quoi ?</h3>
Vient ensuite le moment où quelqu’un demande ce que « tout cela rapporte ». La question est légitime ; c’est la réponse qui l’est rarement. On compte les abonnés, parce qu’ils se comptent. On oublie ce qui ne se compte pas : la cliente mécontente qui a fini par revenir, l’ingénieur qui a postulé parce qu’une réponse l’avait fait rire, le bruit qui a couru une heure au lieu d’une semaine… J’ai rassemblé quelques indicateurs moins sots que les autres dans <a href="https://carnet-odile.example/wp-content/uploads/2010/11/mesurer-la-conversation.pdf">une courte étude (PDF, 14 pages)</a>, que vous pouvez reprendre, corriger, <strong>contredire</strong>. Elle repose sur onze entreprises seulement, et je me garderai bien d’en tirer des lois.

Les diapositives de mon intervention du 9 novembre, à Angers, en donnent la version courte :

<iframe src="https://diapos.example/embed/47110815" width="595" height="446" frameborder="0" marginwidth="0" marginheight="0" scrolling="no"></iframe>

Je n’y ai laissé que trois chiffres. Le seul qui compte, à mon avis, est le deuxième : dans neuf maisons sur onze, la première personne à avoir répondu publiquement à un client n’en avait pas reçu l’autorisation. Elle avait simplement <strong><em>envie</em></strong> de bien faire. Aucune n’a été renvoyée ; deux ont été promues. Il y a là, me semble-t-il, de quoi rassurer les audacieux et inquiéter les procédures.

<h3>La peur du commentaire</h3>
Reste la grande affaire, celle dont on ne parle qu’à voix basse : et si l’on nous critiquait ? La réponse tient en une ligne : on vous critique déjà. La seule chose que vous puissiez encore choisir, c’est d’être là ou non lorsque cela se produit. Fermer les commentaires de son propre site pour ne pas entendre les reproches, c’est débrancher la sonnette en espérant que les visiteurs s’en iront. Ils ne s’en vont pas : ils parlent sur le trottoir, aux voisins, et plus fort.

Cela ne signifie pas qu’il faille tout publier, ni répondre à tout. L’insulte n’est pas un avis, et nul n’est tenu de la loger. Mais entre « tout laisser passer » et « tout filtrer », il y a une politesse très ancienne, que l’on enseignait autrefois aux enfants : on ne coupe pas la parole, on ne quitte pas la table sans s’excuser, et l’on remercie, même pour un cadeau que l’on n’aurait pas choisi. Les maisons qui s’y tiennent n’ont pas besoin de charte. Les autres en ont une de quarante pages, que personne n’a lue.

Je ne crois pas que les médias sociaux changent la nature des entreprises. Je crois qu’ils la montrent : une maison généreuse y paraît généreuse, une maison inquiète y paraît inquiète, et celle qui n’a rien à dire le dit simplement à plus de monde. Avant de demander ce qu’il faut y faire, il n’est donc pas interdit de se demander <em>qui l’on est</em>. C’est plus long, cela ne s’achète pas au mois, et aucune agence — pas même la mienne ! — ne peut s’en charger à votre place.

Et vous ? Votre maison parle-t-elle, écoute-t-elle, ou fait-elle semblant ? Racontez-moi cela ci-dessous : contrairement à d’autres, je lis tout.', '', 'closed', 'closed', NULL, 0, '', 0, NULL, '[]');
INSERT INTO posts VALUES (6, 71, 'post', 'draft', 'Notes pour une suite : qui parle ?', '', 'https://carnet-odile.example/?p=71', 'https://carnet-odile.example/?p=71', 'odile', '2011-01-12 22:08:31', NULL, '2011-01-14 23:50:02', '2011-01-14 22:50:02', NULL, 'Repartir du commentaire de Bertrand. Signer de son prénom, ou pas ? Relire Valcourt, chap. 4.', '', 'open', 'open', NULL, 0, '', 0, NULL, '[["date_gmt","0000-00-00 00:00:00"]]');
INSERT INTO post_terms VALUES (1, 3, 'category', 'lectures', 'Lectures', 2);
INSERT INTO post_terms VALUES (2, 3, 'post_tag', 'conversation', 'conversation', 5);
INSERT INTO post_terms VALUES (3, 5, 'category', 'medias-sociaux', 'Médias sociaux', 4);
INSERT INTO post_terms VALUES (4, 5, 'category', 'rd', 'R&amp;D', 3);
INSERT INTO post_terms VALUES (5, 5, 'post_tag', 'conversation', 'conversation', 5);
INSERT INTO post_terms VALUES (6, 5, 'post_tag', 'entreprise', 'entreprise', 6);
INSERT INTO post_terms VALUES (7, 5, 'post_tag', 'etude', 'étude', 7);
INSERT INTO post_meta VALUES (1, 4, '_wp_attached_file', '2010/11/mesurer-la-conversation.pdf', NULL);
INSERT INTO post_meta VALUES (2, 5, '_edit_last', '1', NULL);
INSERT INTO post_meta VALUES (3, 5, '_pingme', '1', NULL);
INSERT INTO comments VALUES (1, 3, 17, 'comment', 'Josette', 'josette@lectrices.example', '', '192.0.2.120', '2010-06-03 19:22:08', '2010-06-03 17:22:08', 'Je l’ai lu d’une traite. La page sur les ascenseurs, quel bonheur !', 'approved', NULL, NULL, '[]');
INSERT INTO comments VALUES (2, 3, 18, 'comment', 'Odile Marchandeau', 'odile@carnet-odile.example', 'https://carnet-odile.example', '192.0.2.7', '2010-06-04 08:01:00', '2010-06-04 06:01:00', 'N’est-ce pas ?', 'approved', 17, 1, '[]');
INSERT INTO comments VALUES (3, 5, 41, 'pingback', 'Faut-il parler pour exister ? &laquo; L&rsquo;Atelier de Clémence', '', 'https://atelier-clemence.example/2010/11/17/faut-il-parler-pour-exister/', '192.0.2.41', '2010-11-17 08:02:13', '2010-11-17 07:02:13', '[&#8230;] une phrase d’Odile Marchandeau qui m’est restée : « une réponse qui arrive trois jours plus tard n’est plus une réponse ». [&#8230;]', 'approved', NULL, NULL, '[]');
INSERT INTO comments VALUES (4, 5, 42, 'comment', 'Bertrand Lescure', 'bertrand.lescure@cocottes.example', 'https://cocottes.example/bertrand/', '2001:db8:40::17', '2010-11-18 21:40:57', '2010-11-18 20:40:57', 'Chère Odile,

Votre billet m''a fait sourire, puis réfléchir, ce qui est l''ordre dans lequel les choses devraient toujours se passer. J''ai dirigé pendant vingt-deux ans le service après-vente d''un fabricant de cocottes, et j''aurais aimé que quelqu''un nous dise, en 1988, « on vous critique déjà ». On nous disait plutôt : "Le client a toujours raison, mais ne lui dites surtout pas."

Permettez-moi pourtant une réserve. Vous écrivez que « fermer les commentaires, c’est débrancher la sonnette ». Soit. Mais il existe des rues où l''on sonne pour le seul plaisir de réveiller. Mon ancien directeur, qui parlait par proverbes, répétait : « Qui dit “venez tous” doit compter les chaises. » Nous n''avions ni les chaises ni les bras, et nous avons débranché. Je ne suis pas certain que nous ayons eu tort.

Quant aux chiffres… J''ai lu votre étude (les 14 pages !) et j''y relève ceci, page 9 : « le silence aussi a un auteur ». Voilà la phrase que j''aurais voulu afficher dans nos bureaux, à la place de l''affiche « Qualité 2000 » qui nous a coûté, elle, un peu plus cher. Un collègue anglais l''aurait traduite par “silence has a byline too”, et il aurait ajouté, pince-sans-rire, ‘so has noise’.

Il me semble enfin que vous passez vite sur un point : <em>qui</em> parle, quand une maison parle ? Chez nous, celui qui répondait signait de son prénom. Le jour où l''on a exigé « le service client », les lettres de remerciement ont cessé. Elles n''étaient pas adressées à un service.

Bien à vous, et continuez à tout lire : cela se voit.', 'approved', NULL, NULL, '[]');
INSERT INTO comments VALUES (5, 5, 43, 'comment', 'Odile Marchandeau', 'odile@carnet-odile.example', 'https://carnet-odile.example', '192.0.2.7', '2010-11-19 07:55:30', '2010-11-19 06:55:30', 'Merci, Bertrand : « qui dit “venez tous” doit compter les chaises », je vous la vole dès demain !', 'approved', 42, 1, '[]');
INSERT INTO comments VALUES (6, 5, 44, 'pingback', 'La semaine en liens | Notes de terrain', '', 'https://notes-de-terrain.example/?p=310&lang=fr', '192.0.2.88', '2010-11-22 06:15:00', '2010-11-22 05:15:00', '[&#8230;] à lire en entier, commentaires compris : <strong>l’art difficile de la conversation</strong>. [&#8230;]', 'approved', NULL, NULL, '[]');
INSERT INTO comments VALUES (7, 5, 45, 'pingback', 'Revue de presse « du trottoir » n° 7 | Communication &amp; Territoires', '', 'https://communication-territoires.example/revue-de-presse-7/', '203.0.113.9', '2010-12-01 12:30:45', '2010-12-01 11:30:45', '[&#8230;] et sur le même sujet, un billet moins pressé que les autres [&#8230;]', 'approved', NULL, NULL, '[]');
INSERT INTO comments VALUES (8, 5, 46, 'comment', 'Gagner Plus Vite', 'contact@abonnes.example', 'http://abonnes.example/', '198.51.100.23', '2011-01-30 03:11:02', '2011-01-30 02:11:02', 'Bonjour, très intéressant votre site ! Découvrez comment doubler vos abonnés en 48 h : http://abonnes.example/', 'hold', NULL, NULL, '[]');
INSERT INTO comment_places VALUES (1, 1, 0, '1');
INSERT INTO comment_places VALUES (2, 1, 1, '1/1');
INSERT INTO comment_places VALUES (3, 3, 0, '1');
INSERT INTO comment_places VALUES (4, 4, 0, '2');
INSERT INTO comment_places VALUES (5, 4, 1, '2/1');
INSERT INTO comment_places VALUES (6, 6, 0, '3');
INSERT INTO comment_places VALUES (7, 7, 0, '4');
INSERT INTO comment_places VALUES (8, 8, 0, '5');
